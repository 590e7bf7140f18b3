//! PDFs: circles in everything that refers, depths, and sizes that are not so.

use super::{nested, packed, times};
use crate::Hostile;

/// Objects, numbered from 1, and what the trailer says.
struct Pdf {
    objects: Vec<Vec<u8>>,
    trailer: String,
}

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 /Resources \
                    << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>";
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
/// Enough letters to be a page.
const WORDS: &str = "BT /F 12 Tf 72 700 Td (1. The gate of the harbour was not locked at night.) Tj ET";

impl Pdf {
    /// A good file of one page: catalogue, pages, page, contents, font, form.
    fn good() -> Self {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            PAGE.into(),
            stream("", WORDS.as_bytes()),
            FONT.into(),
            form(WORDS),
        ];
        Self { objects: objects.into(), trailer: String::new() }
    }

    /// The same with an object replaced, or one added behind the last.
    fn with(mut self, number: usize, object: impl Into<Vec<u8>>) -> Self {
        self.objects.resize(self.objects.len().max(number), b"null".to_vec());
        self.objects[number - 1] = object.into();
        self
    }

    fn trailer(mut self, entries: &str) -> Self {
        self.trailer = entries.to_owned();
        self
    }

    /// With this as the contents of its page.
    fn page(contents: impl AsRef<[u8]>) -> Self {
        Self::good().with(4, stream("", contents.as_ref()))
    }

    fn tagged(root: &str) -> Self {
        let catalogue =
            "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R >>";
        let marked = format!("/P << /MCID 0 >> BDC {WORDS} EMC");
        Self::page(marked).with(1, catalogue).with(7, root)
    }

    fn end(self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            places.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
        let entries = self.trailer.replace("TABLE", &table.to_string());
        let size = places.len() + 1;
        file.extend(
            format!("trailer\n<< /Size {size} /Root 1 0 R {entries} >>\nstartxref\n{table}\n%%EOF\n").bytes(),
        );
        file
    }
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn form(contents: &str) -> Vec<u8> {
    let entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R /Y 7 0 R >> >>";
    stream(entries, contents.as_bytes())
}

/// Bytes packed again and again, and the name of the filter as often.
fn repacked(bytes: Vec<u8>, times: usize) -> Vec<u8> {
    let content = (0..times).fold(bytes, |bytes, _| packed(&bytes, true));
    stream(&format!("/Filter [{}]", "/FlateDecode ".repeat(times)), &content)
}

/// Forms that each show the next ten times: ten times as much on every level.
fn grows(levels: usize) -> Pdf {
    (0..levels).fold(Pdf::page(format!("{WORDS} /X Do")), |pdf, level| {
        let next = 7 + level;
        let entries = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> /XObject << /X {next} 0 R >> >>");
        pdf.with(6 + level, stream(&entries, times("/X Do ", 10).as_bytes()))
    }).with(6 + levels, form(WORDS))
}

/// A colour that is calculated by blocks in blocks.
fn calculation(depth: usize) -> Pdf {
    let blocks = nested("{ ", " }", depth, "1 1 1");
    let colours = "/ColorSpace << /C [/Separation /A /DeviceRGB 7 0 R] >> /XObject";
    Pdf::page(format!("/C cs 1 scn {WORDS}"))
        .with(3, PAGE.replace("/XObject", colours))
        .with(7, stream("/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]", blocks.as_bytes()))
}

/// A PDF that is read by calls within calls, so many deep: more than any stack has, if need be.
pub fn bottomless(depth: usize) -> Hostile {
    Hostile::new("bottomless.pdf", calculation(depth).end())
}

fn circles() -> Vec<(&'static str, Pdf)> {
    let good = Pdf::good;
    let itself = "<< /Type /StructTreeRoot /K 8 0 R >>";
    let two = format!("{WORDS} /X Do");
    let glyph = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding \
                 << /Differences [40 /a /a /a /a] >> /FirstChar 0 /LastChar 255 /Widths [1 1 1] /Resources << /Font << /F 5 0 R >> >> >>";
    let pattern = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1e-9 /YStep 0 /Resources << /Pattern << /P 6 0 R >> >>";
    let patterned = PAGE.replace("/XObject", "/Pattern << /P 6 0 R >> /XObject");
    let masked =
        PAGE.replace("/XObject", "/ExtGState << /G << /SMask << /S /Alpha /G 6 0 R >> >> >> /XObject");
    vec![
        ("pages-of-themselves", good().with(2, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")),
        ("pages-each-of-the-other", good().with(2, "<< /Type /Pages /Kids [7 0 R] /Count 1 >>").with(7, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")),
        ("parents-in-a-circle", good().with(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>")),
        ("page-as-pages", good().with(1, "<< /Type /Catalog /Pages 3 0 R >>")),
        ("catalogue-of-itself", good().with(1, "<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>")),
        ("object-of-itself", good().with(4, "4 0 R")),
        ("objects-each-of-the-other", good().with(4, "7 0 R").with(7, "4 0 R")),
        ("length-of-itself", good().with(4, format!("<< /Length 4 0 R >>\nstream\n{WORDS}\nendstream"))),
        ("length-in-a-circle", good().with(4, format!("<< /Length 7 0 R >>\nstream\n{WORDS}\nendstream")).with(7, "<< /Length 4 0 R >>\nstream\n1\nendstream")),
        ("filter-of-itself", good().with(4, stream("/Filter 4 0 R /DecodeParms 4 0 R", WORDS.as_bytes()))),
        ("table-before-itself", good().trailer("/Prev TABLE")),
        ("table-beyond", good().trailer("/Prev 99999999999")),
        ("table-and-stream", good().trailer("/XRefStm TABLE /Prev TABLE")),
        ("contents-of-themselves", good().with(4, "[4 0 R 4 0 R]")),
        ("form-of-itself", Pdf::page(&two).with(6, form(&format!("{WORDS} /X Do /X Do")))),
        ("forms-each-of-the-other", Pdf::page(&two).with(6, form("/Y Do /Y Do")).with(7, form("/X Do /X Do"))),
        ("glyph-of-itself", good().with(5, glyph).with(6, stream("", b"BT /F 1 Tf ((((() Tj ET"))),
        ("pattern-of-itself", Pdf::page(format!("{WORDS} /Pattern cs /P scn 0 0 9 9 re f")).with(3, patterned).with(6, stream(pattern, b"/Pattern cs /P scn 0 0 9 9 re f"))),
        ("mask-of-itself", Pdf::page(format!("/G gs {WORDS}")).with(3, masked).with(6, form("/G gs /X Do"))),
        ("resources-of-themselves", good().with(3, PAGE.replace("/Resources", "/Resources 3 0 R /R"))),
        ("structure-of-itself", Pdf::tagged(itself).with(8, "<< /S /P /P 7 0 R /K [8 0 R 8 0 R 0] /Pg 3 0 R >>")),
        ("structure-root-of-itself", Pdf::tagged("<< /Type /StructTreeRoot /K [7 0 R] /RoleMap 7 0 R /ParentTree 7 0 R >>")),
        ("structure-in-a-circle", Pdf::tagged(itself).with(8, "<< /S /P /K 9 0 R /Pg 3 0 R >>").with(9, "<< /S /P /K [8 0 R 0] /Pg 3 0 R >>")),
        ("roles-in-a-circle", Pdf::tagged("<< /K 8 0 R /RoleMap << /P /Q /Q /P >> >>").with(8, "<< /S /P /K 0 /Pg 3 0 R >>")),
        ("parent-tree-in-a-circle", Pdf::tagged("<< /K 8 0 R /ParentTree 9 0 R >>").with(8, "<< /S /P /K 0 /Pg 3 0 R >>").with(9, "<< /Kids [9 0 R 9 0 R] /Limits [0 1] >>")),
        ("map-of-itself", good().with(5, "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 7 0 R /ToUnicode 7 0 R /DescendantFonts [5 0 R] >>").with(7, stream("/UseCMap 7 0 R", b"/A usecmap begincmap endcmap"))),
    ]
}

fn depths(scale: usize) -> Vec<(&'static str, Pdf)> {
    let many = scale * 1_000;
    let good = Pdf::good;
    let pages = (0..many).fold(good().with(2, "<< /Type /Pages /Kids [7 0 R] /Count 1 >>"), |pdf, at| {
        pdf.with(
            7 + at,
            format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", if at + 1 == many { 3 } else { 8 + at }),
        )
    });
    let elements = (0..many).fold(Pdf::tagged("<< /K 8 0 R >>"), |pdf, at| {
        let inner = if at + 1 == many { "0".to_owned() } else { format!("{} 0 R", 9 + at) };
        pdf.with(8 + at, format!("<< /S /Sect /K {inner} /Pg 3 0 R >>"))
    });
    let forms = (0..many).fold(Pdf::page(format!("{WORDS} /X Do")), |pdf, at| {
        let entries =
            format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", 7 + at);
        pdf.with(6 + at, stream(&entries, b"/X Do"))
    });
    vec![
        ("deep-pages", pages),
        ("deep-structure", elements),
        (
            "deep-structure-inline",
            Pdf::tagged(&format!("<< /K {} >>", nested("<< /S /Sect /K ", " >>", many, "0"))),
        ),
        ("deep-forms", forms),
        ("deep-arrays", good().with(7, nested("[", "]", many, ""))),
        ("deep-arrays-open", good().with(7, times("[", many))),
        ("deep-dictionaries", good().with(7, nested("<< /A ", " >>", many, "1"))),
        ("deep-arrays-on-the-page", Pdf::page(format!("{WORDS} {} TJ", nested("[", "]", many, "")))),
        (
            "deep-dictionaries-on-the-page",
            Pdf::page(format!("/P {} BDC {WORDS} EMC", nested("<< /A ", " >>", many, "1"))),
        ),
        ("deep-states", Pdf::page(format!("{}{WORDS}", times("q ", many * 10)))),
        (
            "deep-marks",
            Pdf::page(format!("{}{WORDS}", times("/Span << /MCID 0 /ActualText (a) >> BDC ", many))),
        ),
        ("deep-strings", Pdf::page(format!("BT /F 9 Tf {} Tj ET {WORDS}", nested("(", ")", many, "a")))),
        ("unopened", Pdf::page(format!("{}{WORDS}", times("Q EMC ET ", many)))),
    ]
}

fn sizes(scale: usize) -> Vec<(&'static str, Pdf)> {
    let many = scale * 1_000;
    let good = Pdf::good;
    let spaced = |bytes: usize| [WORDS.as_bytes(), &vec![b' '; bytes]].concat();
    let font = |map: String| {
        good().with(5, "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [8 0 R] >>")
            .with(7, stream("", map.as_bytes()))
            .with(8, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1e38 /W [0 4294967295 1 0 [1 2] -1 -1] /CIDSystemInfo << >> >>")
    };
    let image = |entries: &str| {
        Pdf::page(format!("{WORDS} /X Do")).with(6, stream(&format!("/Subtype /Image {entries}"), b"\0"))
    };
    let prediction = |parameters: &str| {
        good().with(
            4,
            stream(
                &format!("/Filter /FlateDecode /DecodeParms << {parameters} >>"),
                &packed(WORDS.as_bytes(), true),
            ),
        )
    };
    vec![
        ("count", good().with(2, "<< /Type /Pages /Kids [3 0 R] /Count 9223372036854775807 >>")),
        ("count-below-nothing", good().with(2, "<< /Type /Pages /Kids [3 0 R] /Count -2147483648 >>")),
        ("same-page", good().with(2, format!("<< /Type /Pages /Kids [{}] /Count {many} >>", times("3 0 R ", many)))),
        ("size", good().trailer("/Size 9223372036854775807")),
        ("length", good().with(4, format!("<< /Length 9223372036854775807 >>\nstream\n{WORDS}\nendstream"))),
        ("length-below-nothing", good().with(4, format!("<< /Length -1 >>\nstream\n{WORDS}\nendstream"))),
        ("boxes", good().with(3, PAGE.replace("0 0 595 842", "-1e38 1e38 1e308 99999999999999999999"))),
        ("box-of-nothing", good().with(3, PAGE.replace("0 0 595 842", "0 0 0 0").replace("/Parent", "/Rotate 17 /UserUnit 1e38 /Parent"))),
        ("far-letters", Pdf::page(format!("1e38 0 0 1e38 1e38 1e38 cm {WORDS} BT /F 1e38 Tf 1e38 1e38 Td (a gate) Tj -1e38 0 Td (b gate) Tj ET"))),
        ("letters-without-size", Pdf::page(format!("0 0 0 0 0 0 cm {WORDS} BT /F 0 Tf 0 Tz (a) Tj ET"))),
        ("bomb", good().with(4, repacked(spaced(scale << 20), 1))),
        ("bomb-in-a-bomb", good().with(4, repacked(spaced(scale << 20), 3))),
        ("bomb-of-filters", good().with(4, stream(&format!("/Filter [{}]", times("/FlateDecode ", many)), &packed(WORDS.as_bytes(), true)))),
        ("bomb-of-runs", good().with(4, stream("/Filter /RunLengthDecode", &[&[100][..], &WORDS.as_bytes()[..101.min(WORDS.len())], &[129, b' '].repeat(many)].concat()))),
        ("bomb-of-text", good().with(4, repacked(times(WORDS, many / 2).into(), 1))),
        ("forms-ten-by-ten", grows(12)),
        ("contents", good().with(4, format!("[{}]", times("7 0 R ", many))).with(7, stream("", WORDS.as_bytes()))),
        ("prediction", prediction("/Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 16")),
        ("prediction-of-nothing", prediction("/Predictor 12 /Columns 0 /Colors 0 /BitsPerComponent 0")),
        ("prediction-below-nothing", prediction("/Predictor -1 /Columns -1 /Colors -1 /EarlyChange -1")),
        ("image", image("/Width 2147483647 /Height 2147483647 /BitsPerComponent 16 /ColorSpace /DeviceCMYK")),
        ("image-packed", image("/Width 99999 /Height 99999 /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 99999999 >>")),
        ("image-of-jbig2", image("/Width 99999 /Height 99999 /Filter /JBIG2Decode")),
        ("image-of-jpx", image("/Width 99999 /Height 99999 /Filter /JPXDecode")),
        ("image-inline", Pdf::page(format!("{WORDS} BI /W 99999999 /H 99999999 /BPC 8 /CS /RGB ID \0\0 EI {WORDS}"))),
        ("map-of-everything", font("begincmap 1 begincodespacerange <00> <FFFFFFFF> endcodespacerange 2 beginbfrange <00000000> <FFFFFFFF> <0041> <0000> <FFFF> [<41>] endbfrange endcmap".to_owned())),
        ("map-of-long-texts", font(format!("begincmap 1 beginbfchar <2831> <{}> endbfchar endcmap", times("0041", many)))),
        ("map-backwards", font("begincmap 1 beginbfrange <FFFF> <0000> <D800> endbfrange 1 begincidrange <0000> <FFFF> 4294967295 endcidrange endcmap".to_owned())),
        ("widths", good().with(5, "<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar -2147483648 /LastChar 2147483647 /Widths [1e38 -1e38] >>")),
        ("differences", good().with(5, format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [4294967295 /a {}] >> >>", times("/a ", many)))),
        ("actual-text", Pdf::page(format!("{}{WORDS}", times(&format!("/Span << /ActualText ({}) >> BDC EMC ", times("a", 100)), many)))),
        ("mcids", Pdf::tagged(&format!("<< /K [{}] >>", times("<< /S /P /K 0 /Pg 3 0 R >> ", many)))),
        ("marks-beyond", Pdf::tagged("<< /K [<< /S /P /K [2147483647 -1 99999999999 << /Type /MCR /MCID 0 >>] /Pg 3 0 R >>] >>")),
        ("calculation", calculation(many)),
        ("encryption", good().trailer("/Encrypt << /Filter /Standard /V 5 /R 6 /Length 4294967295 /O () /U () /P -1 >> /ID [() ()]")),
        ("operands", Pdf::page(format!("{}{WORDS}", times("1 ", many * 10)))),
        ("rows", Pdf::page((0..many).map(|at| format!("BT /F 9 Tf {} {} Td (a) Tj ET ", at % 97, at % 89)).collect::<String>())),
    ]
}

pub(super) fn files(scale: usize) -> Vec<Hostile> {
    let made = circles().into_iter().chain(depths(scale)).chain(sizes(scale));
    let mut files: Vec<_> =
        made.map(|(name, pdf)| Hostile::new(format!("pdf-{name}.pdf"), pdf.end())).collect();
    let good = Pdf::good().end();
    let text = String::from_utf8_lossy(&good).into_owned();
    let object_stream =
        stream("/Type /ObjStm /N 4294967295 /First 4294967295 /Extends 7 0 R", b"7 0 8 1 9 2 1 0 R");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("good", good.clone()),
        ("table-of-nothing", text.replace("xref\n0 7", "xref\n0 99999999").into()),
        ("table-from-the-end", text.replace("xref\n0 7", "xref\n4294967290 9").into()),
        ("table-missing", text.replace("startxref", "startnothing").into()),
        ("table-places", text.replace(" 00000 n", " 99999 n").into()),
        ("root-missing", text.replace("/Root 1 0 R", "/Root 99 0 R").into()),
        (
            "objects-in-themselves",
            Pdf::good().with(7, object_stream).with(1, "<< /Type /Catalog /Pages 8 0 R >>").end(),
        ),
        ("headers", times("%PDF-1.7\n", scale * 1_000).into()),
        ("ends", [&good[..], times("startxref\n0\n%%EOF\n", scale * 1_000).as_bytes()].concat()),
        (
            "objects",
            [&b"%PDF-1.7\n"[..], times("1 0 obj\n<< /Length 9 >>\nstream\n", scale * 1_000).as_bytes()]
                .concat(),
        ),
        ("comments", [&b"%PDF-1.7\n"[..], &b"%".repeat(scale * 10_000), &good].concat()),
        ("twice", good.repeat(20)),
        ("numbers", text.replace("595 842", "1.7976931348623157e999 --5.5.5").into()),
        ("backwards", [&b"%PDF-1.7\n"[..], &good.iter().rev().copied().collect::<Vec<u8>>()].concat()),
    ];
    files.extend(cases.into_iter().map(|(name, bytes)| Hostile::new(format!("pdf-{name}.pdf"), bytes)));
    files
}
