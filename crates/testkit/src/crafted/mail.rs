//! E-mail and saved web pages: parts in parts, endless headers, false encodings.

use super::repeat;
use crate::file::TestFile;

const HEAD: &str = "From: a@example.org\nSubject: The gate\nMIME-Version: 1.0\n";

/// Parts in parts, `depth` levels deep.
fn nested_parts(depth: usize, kind: &str) -> String {
    (0..depth).map(|at| format!("Content-Type: {kind}; boundary=b{at}\n\n--b{at}\n")).collect()
}

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let many = scale * 1_000;
    let parts =
        |inner: &str| format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n{inner}\n--b--\n");
    let text = |headers: &str, body: String| format!("{HEAD}{headers}\n\n{body}");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("deep-parts", format!("{HEAD}{}", nested_parts(many, "multipart/mixed")).into_bytes()),
        ("deep-alternatives", format!("{HEAD}{}", nested_parts(40, "multipart/alternative")).into_bytes()),
        ("deep-messages", format!("{HEAD}{}", repeat("Content-Type: message/rfc822\n\n", many)).into_bytes()),
        (
            "same-boundary",
            format!("{HEAD}{}", repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 60))
                .into_bytes(),
        ),
        ("many-parts", parts(&repeat("\nThe gate.\n--b\n", many * 20)).into_bytes()),
        ("many-pages", parts(&repeat("Content-Type: text/html\n\n<p>The gate.\n--b\n", many)).into_bytes()),
        (
            "many-attachments",
            parts(&repeat("Content-Disposition: attachment; filename=a\n\nx\n--b\n", many)).into_bytes(),
        ),
        (
            "empty-boundary",
            text("Content-Type: multipart/mixed; boundary=\"\"", repeat("--\n", many)).into_bytes(),
        ),
        (
            "long-boundary",
            text(
                &format!("Content-Type: multipart/mixed; boundary={}", repeat("b", many)),
                repeat("--b\n", many),
            )
            .into_bytes(),
        ),
        ("headers", format!("{HEAD}{}\nThe gate.", repeat("Subject: a\nX-A: b\n", many * 10)).into_bytes()),
        ("folded", format!("{HEAD}To:{}\n\nThe gate.", repeat(" a\n", many * 10)).into_bytes()),
        (
            "long-header",
            format!("Subject: {}\n\nThe gate.", repeat("=?utf-8?Q?a?= =?", many * 10)).into_bytes(),
        ),
        ("no-body", repeat("From: a\n", many).into_bytes()),
        (
            "words",
            text("To: =?utf-8?B?////?= =?x?Q?=FF?= =?utf-8?Q?=?= =?=?=?=", "The gate.".to_owned())
                .into_bytes(),
        ),
        (
            "parameters",
            text(
                &format!("Content-Type: text/plain{}", repeat("; charset*0*=utf-16''%FF", many)),
                "The gate.".to_owned(),
            )
            .into_bytes(),
        ),
        (
            "quoted-printable",
            text("Content-Transfer-Encoding: quoted-printable", repeat("==3=\n=E", many * 10)).into_bytes(),
        ),
        ("base64", text("Content-Transfer-Encoding: base64", repeat("/+=\n", many * 10)).into_bytes()),
        (
            "utf-7",
            text("Content-Type: text/plain; charset=utf-7", "+ADw-script+AD4- The gate.".to_owned())
                .into_bytes(),
        ),
        ("utf-16", text("Content-Type: text/plain; charset=utf-16", "T\0h\0e\0 \0".to_owned()).into_bytes()),
        (
            "replies",
            text(
                "Content-Type: text/plain; format=flowed",
                format!("{} The gate.\n", repeat(">", many * 10)),
            )
            .into_bytes(),
        ),
        (
            "flowed",
            text("Content-Type: text/plain; format=flowed; delsp=yes", repeat("a \n", many * 10))
                .into_bytes(),
        ),
        ("page-deep", text("Content-Type: text/html", repeat("<blockquote type=cite>", many)).into_bytes()),
        ("unicode", text("Content-Type: text/plain", "\u{202e}\u{1b}[2J The gate.".to_owned()).into_bytes()),
        ("binary", [HEAD.as_bytes(), b"\n", &(0..=255).cycle().take(5000).collect::<Vec<u8>>()].concat()),
    ];
    let mut files: Vec<TestFile> =
        cases.iter().map(|(name, bytes)| TestFile::new(format!("mail-{name}.eml"), bytes.clone())).collect();
    files.extend(cases.into_iter().map(|(name, bytes)| TestFile::new(format!("mhtml-{name}.mhtml"), bytes)));
    files
}
