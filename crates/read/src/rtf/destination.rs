//! What the text of a group is, and the control words that say so.

/// What the text of a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// Text of the document, or of the note or header that is open.
    Text,
    /// The label of an item.
    Label,
    Fonts,
    Styles,
    /// A property, by its key.
    Property(&'static str),
    /// No text of the document.
    Skipped,
    /// What the file says of itself: no text, but for the properties in it.
    Information,
    /// A drawing, or a text with a form for older readers: no text, but for the one text in it.
    Shape,
}

/// What the group of a control word is, if the word says so.
pub(super) fn destination(word: &[u8]) -> Option<Destination> {
    Some(match word {
        b"fonttbl" => Destination::Fonts,
        b"stylesheet" => Destination::Styles,
        b"listtext" | b"pntext" => Destination::Label,
        b"title" => Destination::Property("title"),
        b"author" => Destination::Property("author"),
        b"subject" => Destination::Property("subject"),
        b"keywords" => Destination::Property("keywords"),
        b"info" => Destination::Information,
        b"shpinst" | b"do" | b"upr" => Destination::Shape,
        b"footnote" | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl"
        | b"footerr" | b"footerf" | b"fldrslt" | b"shptxt" | b"result" | b"ud" => Destination::Text,
        b"colortbl" | b"pict" | b"objdata" | b"objclass" | b"objname" | b"fldinst" | b"nonshppict"
        | b"pn" | b"xe" | b"tc" | b"rxe" | b"txe" | b"ftnsep" | b"ftnsepc" | b"ftncn" | b"aftnsep"
        | b"aftnsepc" | b"aftncn" | b"annotation" | b"atnid" | b"atnauthor" | b"atndate" | b"listtable"
        | b"listoverridetable" | b"revtbl" | b"filetbl" | b"nesttableprops" | b"nonesttables"
        | b"operator" | b"manager" | b"company" | b"category" | b"comment" | b"doccomm" | b"creatim"
        | b"revtim" | b"printim" | b"buptim" | b"hlinkbase" | b"template" | b"htmltag" | b"mhtmltag" => {
            Destination::Skipped
        }
        _ => return None,
    })
}
