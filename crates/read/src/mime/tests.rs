use super::*;

fn read(text: &str) -> Part<'_> {
    Part::read(text.as_bytes(), &Budget::default(), "e-mail").unwrap()
}

fn content(part: &Part<'_>) -> String {
    String::from_utf8_lossy(&part.content()).into_owned()
}

#[test]
fn headers_are_unfolded_and_their_words_decoded() {
    let mail = read(
        "From: =?iso-8859-1?Q?Andr=E9?= <a@example.org>\r\nSubject: =?UTF-8?B?w6k=?=\r\n =?UTF-8?Q?t=C3=A9_?= and\r\n\tmore =? no word\r\nX-Spam: a\r\n b\r\n\r\nBody.\r\n",
    );
    assert_eq!(mail.headers.text("from").unwrap(), "André <a@example.org>");
    assert_eq!(mail.headers.text("subject").unwrap(), "été and more =? no word");
    assert_eq!(content(&mail), "Body.\r\n");
}

#[test]
fn a_character_may_be_split_between_two_words() {
    assert_eq!(decode_words("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?="), "café");
    assert_eq!(decode_words("=?nosuch?Q?a?= =?utf-8?X?a?= =?"), "=?nosuch?Q?a?= =?utf-8?X?a?= =?");
}

#[test]
fn parameters_are_unquoted_and_joined() {
    let (kind, parameters) = Parameters::of(
        "Text/Plain; charset = \"utf-8\" ; name=\"a;\\\"b\"; filename*0*=utf-8''caf%C3; filename*1*=%A9; filename*2=\".pdf\"",
    );
    assert_eq!(kind, "text/plain");
    assert_eq!(
        ["charset", "name", "filename"].map(|name| parameters.get(name).unwrap()),
        ["utf-8", "a;\"b", "café.pdf"]
    );
}

#[test]
fn transfer_encodings_are_decoded() {
    let quoted =
        read("Content-Transfer-Encoding: Quoted-Printable\n\n=E2=80=9Cslow=\ner=E2=80=9D  \n1 = 2 =zz=3D=");
    assert_eq!(content(&quoted), "“slower”\n1 = 2 =zz=");
    let base64 = read("Content-Transfer-Encoding: base64\n\nUGxhbnMg\nZHJpZnQ=\n");
    assert_eq!(content(&base64), "Plans drift");
}

#[test]
fn parts_lie_between_the_lines_of_their_boundary() {
    let mail = read(
        "Content-Type: multipart/mixed; boundary=\"b c\"\n\npreamble\n--b c\n\nfirst\n\n--b c  \nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/html\n\n<p>second\n--in--\n--b c\nContent-Type: message/rfc822\n\nSubject: inner\n\nthird\n--b c--\nepilogue\n",
    );
    let kinds: Vec<&str> = mail.parts.iter().map(|part| part.kind.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "multipart/alternative", "message/rfc822"]);
    assert_eq!(content(&mail.parts[0]), "first\n");
    assert_eq!(content(&mail.parts[1].parts[0]), "<p>second");
    assert_eq!(mail.parts[2].parts[0].headers.get("subject"), Some("inner"));
    assert_eq!(content(&mail.parts[2].parts[0]), "third");
}

#[test]
fn names_of_attachments_are_read() {
    let mail = read(
        "Content-Type: application/pdf; name=\"=?utf-8?Q?a=C3=A9.pdf?=\"\nContent-Disposition: Attachment\n\n",
    );
    assert_eq!(mail.file_name().unwrap(), "aé.pdf");
    assert!(mail.is_attachment());
}

#[test]
fn deep_messages_and_endless_parts_are_refused() {
    let deep: String = (0..200)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"))
        .collect();
    let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(50_000));
    for text in [deep, many] {
        let error = Part::read(text.as_bytes(), &Budget::default(), "e-mail").unwrap_err();
        assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{error}");
    }
}
