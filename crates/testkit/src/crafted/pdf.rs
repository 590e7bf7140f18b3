//! PDF: reference cycles, deep nesting, false sizes.

use super::{nested, repeat, zlib_compressed};
use crate::file::TestFile;

/// Builds a PDF file.
struct PdfBuilder {
    /// Object `n` of the file is at index `n - 1`.
    objects: Vec<Vec<u8>>,
    /// More entries of the trailer; `TABLE` in them becomes the offset of the cross-reference table.
    trailer: String,
}

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 /Resources \
                    << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>";
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
/// A line of text, long enough that the reader does not take the page for a scan.
const LINE: &str = "BT /F 12 Tf 72 700 Td (1. The gate of the harbour was not locked at night.) Tj ET";

impl PdfBuilder {
    /// A valid file of one page. Its objects: catalogue, page tree, page, contents, font, form.
    fn valid() -> Self {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            PAGE.into(),
            stream("", LINE.as_bytes()),
            FONT.into(),
            form(LINE),
        ];
        Self { objects: objects.into(), trailer: String::new() }
    }

    /// Replaces object `number`, or adds it.
    fn with_object(mut self, number: usize, object: impl Into<Vec<u8>>) -> Self {
        self.objects.resize(self.objects.len().max(number), b"null".to_vec());
        self.objects[number - 1] = object.into();
        self
    }

    /// Adds entries to the trailer.
    fn with_trailer(mut self, entries: &str) -> Self {
        self.trailer = entries.to_owned();
        self
    }

    /// A valid file whose page has these contents.
    fn with_contents(contents: impl AsRef<[u8]>) -> Self {
        Self::valid().with_object(4, stream("", contents.as_ref()))
    }

    /// A tagged file with this structure tree root.
    fn tagged(root: &str) -> Self {
        let catalogue =
            "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R >>";
        let marked = format!("/P << /MCID 0 >> BDC {LINE} EMC");
        Self::with_contents(marked).with_object(1, catalogue).with_object(7, root)
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
        offsets.iter().for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").bytes()));
        let entries = self.trailer.replace("TABLE", &table.to_string());
        let size = offsets.len() + 1;
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

/// A stream compressed `times` times over, with as many filters.
fn compressed_stream(bytes: Vec<u8>, times: usize) -> Vec<u8> {
    let content = (0..times).fold(bytes, |bytes, _| zlib_compressed(&bytes));
    stream(&format!("/Filter [{}]", "/FlateDecode ".repeat(times)), &content)
}

/// Forms that each draw the next form ten times: ten to the power of `levels` lines in all.
fn forms_ten_by_ten(levels: usize) -> PdfBuilder {
    (0..levels).fold(PdfBuilder::with_contents(format!("{LINE} /X Do")), |pdf, level| {
        let next = 7 + level;
        let entries = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> /XObject << /X {next} 0 R >> >>");
        pdf.with_object(6 + level, stream(&entries, repeat("/X Do ", 10).as_bytes()))
    }).with_object(6 + levels, form(LINE))
}

/// A colour computed by a PostScript function of blocks nested this deep.
fn nested_function(depth: usize) -> PdfBuilder {
    let blocks = nested("{ ", " }", depth, "1 1 1");
    let colours = "/ColorSpace << /C [/Separation /A /DeviceRGB 7 0 R] >> /XObject";
    PdfBuilder::with_contents(format!("/C cs 1 scn {LINE}"))
        .with_object(3, PAGE.replace("/XObject", colours))
        .with_object(7, stream("/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]", blocks.as_bytes()))
}

/// A PDF with a PostScript function of blocks nested `depth` deep, named `deeply-nested.pdf`. The reader recurses into it: a
/// depth of millions overflows any stack.
pub fn deeply_nested_pdf(depth: usize) -> TestFile {
    TestFile::new("deeply-nested.pdf", nested_function(depth).into_bytes())
}

fn reference_cycles() -> Vec<(&'static str, PdfBuilder)> {
    let valid = PdfBuilder::valid;
    let root = "<< /Type /StructTreeRoot /K 8 0 R >>";
    let line_and_form = format!("{LINE} /X Do");
    let glyph = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding \
                 << /Differences [40 /a /a /a /a] >> /FirstChar 0 /LastChar 255 /Widths [1 1 1] /Resources << /Font << /F 5 0 R >> >> >>";
    let pattern = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1e-9 /YStep 0 /Resources << /Pattern << /P 6 0 R >> >>";
    let patterned = PAGE.replace("/XObject", "/Pattern << /P 6 0 R >> /XObject");
    let masked =
        PAGE.replace("/XObject", "/ExtGState << /G << /SMask << /S /Alpha /G 6 0 R >> >> >> /XObject");
    vec![
        ("pages-of-themselves", valid().with_object(2, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")),
        ("pages-each-of-the-other", valid().with_object(2, "<< /Type /Pages /Kids [7 0 R] /Count 1 >>").with_object(7, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")),
        ("parents-in-a-circle", valid().with_object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>")),
        ("page-as-pages", valid().with_object(1, "<< /Type /Catalog /Pages 3 0 R >>")),
        ("catalogue-of-itself", valid().with_object(1, "<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>")),
        ("object-of-itself", valid().with_object(4, "4 0 R")),
        ("objects-each-of-the-other", valid().with_object(4, "7 0 R").with_object(7, "4 0 R")),
        ("length-of-itself", valid().with_object(4, format!("<< /Length 4 0 R >>\nstream\n{LINE}\nendstream"))),
        ("length-in-a-circle", valid().with_object(4, format!("<< /Length 7 0 R >>\nstream\n{LINE}\nendstream")).with_object(7, "<< /Length 4 0 R >>\nstream\n1\nendstream")),
        ("filter-of-itself", valid().with_object(4, stream("/Filter 4 0 R /DecodeParms 4 0 R", LINE.as_bytes()))),
        ("table-before-itself", valid().with_trailer("/Prev TABLE")),
        ("table-beyond-end", valid().with_trailer("/Prev 99999999999")),
        ("table-and-stream", valid().with_trailer("/XRefStm TABLE /Prev TABLE")),
        ("contents-of-themselves", valid().with_object(4, "[4 0 R 4 0 R]")),
        ("form-of-itself", PdfBuilder::with_contents(&line_and_form).with_object(6, form(&format!("{LINE} /X Do /X Do")))),
        ("forms-each-of-the-other", PdfBuilder::with_contents(&line_and_form).with_object(6, form("/Y Do /Y Do")).with_object(7, form("/X Do /X Do"))),
        ("glyph-of-itself", valid().with_object(5, glyph).with_object(6, stream("", b"BT /F 1 Tf ((((() Tj ET"))),
        ("pattern-of-itself", PdfBuilder::with_contents(format!("{LINE} /Pattern cs /P scn 0 0 9 9 re f")).with_object(3, patterned).with_object(6, stream(pattern, b"/Pattern cs /P scn 0 0 9 9 re f"))),
        ("mask-of-itself", PdfBuilder::with_contents(format!("/G gs {LINE}")).with_object(3, masked).with_object(6, form("/G gs /X Do"))),
        ("resources-of-themselves", valid().with_object(3, PAGE.replace("/Resources", "/Resources 3 0 R /R"))),
        ("structure-of-itself", PdfBuilder::tagged(root).with_object(8, "<< /S /P /P 7 0 R /K [8 0 R 8 0 R 0] /Pg 3 0 R >>")),
        ("structure-root-of-itself", PdfBuilder::tagged("<< /Type /StructTreeRoot /K [7 0 R] /RoleMap 7 0 R /ParentTree 7 0 R >>")),
        ("structure-in-a-circle", PdfBuilder::tagged(root).with_object(8, "<< /S /P /K 9 0 R /Pg 3 0 R >>").with_object(9, "<< /S /P /K [8 0 R 0] /Pg 3 0 R >>")),
        ("roles-in-a-circle", PdfBuilder::tagged("<< /K 8 0 R /RoleMap << /P /Q /Q /P >> >>").with_object(8, "<< /S /P /K 0 /Pg 3 0 R >>")),
        ("parent-tree-in-a-circle", PdfBuilder::tagged("<< /K 8 0 R /ParentTree 9 0 R >>").with_object(8, "<< /S /P /K 0 /Pg 3 0 R >>").with_object(9, "<< /Kids [9 0 R 9 0 R] /Limits [0 1] >>")),
        ("map-of-itself", valid().with_object(5, "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 7 0 R /ToUnicode 7 0 R /DescendantFonts [5 0 R] >>").with_object(7, stream("/UseCMap 7 0 R", b"/A usecmap begincmap endcmap"))),
    ]
}

fn deep_nesting(scale: usize) -> Vec<(&'static str, PdfBuilder)> {
    let many = scale * 1_000;
    let valid = PdfBuilder::valid;
    let pages =
        (0..many).fold(valid().with_object(2, "<< /Type /Pages /Kids [7 0 R] /Count 1 >>"), |pdf, at| {
            pdf.with_object(
                7 + at,
                format!(
                    "<< /Type /Pages /Kids [{} 0 R] /Count 1 >>",
                    if at + 1 == many { 3 } else { 8 + at }
                ),
            )
        });
    let elements = (0..many).fold(PdfBuilder::tagged("<< /K 8 0 R >>"), |pdf, at| {
        let inner = if at + 1 == many { "0".to_owned() } else { format!("{} 0 R", 9 + at) };
        pdf.with_object(8 + at, format!("<< /S /Sect /K {inner} /Pg 3 0 R >>"))
    });
    let forms = (0..many).fold(PdfBuilder::with_contents(format!("{LINE} /X Do")), |pdf, at| {
        let entries =
            format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>", 7 + at);
        pdf.with_object(6 + at, stream(&entries, b"/X Do"))
    });
    vec![
        ("deep-pages", pages),
        ("deep-structure", elements),
        (
            "deep-structure-inline",
            PdfBuilder::tagged(&format!("<< /K {} >>", nested("<< /S /Sect /K ", " >>", many, "0"))),
        ),
        ("deep-forms", forms),
        ("deep-arrays", valid().with_object(7, nested("[", "]", many, ""))),
        ("deep-arrays-open", valid().with_object(7, repeat("[", many))),
        ("deep-dictionaries", valid().with_object(7, nested("<< /A ", " >>", many, "1"))),
        (
            "deep-arrays-on-the-page",
            PdfBuilder::with_contents(format!("{LINE} {} TJ", nested("[", "]", many, ""))),
        ),
        (
            "deep-dictionaries-on-the-page",
            PdfBuilder::with_contents(format!("/P {} BDC {LINE} EMC", nested("<< /A ", " >>", many, "1"))),
        ),
        ("deep-states", PdfBuilder::with_contents(format!("{}{LINE}", repeat("q ", many * 10)))),
        (
            "deep-marks",
            PdfBuilder::with_contents(format!(
                "{}{LINE}",
                repeat("/Span << /MCID 0 /ActualText (a) >> BDC ", many)
            )),
        ),
        (
            "deep-strings",
            PdfBuilder::with_contents(format!("BT /F 9 Tf {} Tj ET {LINE}", nested("(", ")", many, "a"))),
        ),
        ("unopened", PdfBuilder::with_contents(format!("{}{LINE}", repeat("Q EMC ET ", many)))),
    ]
}

fn false_sizes(scale: usize) -> Vec<(&'static str, PdfBuilder)> {
    let many = scale * 1_000;
    let valid = PdfBuilder::valid;
    let spaced = |bytes: usize| [LINE.as_bytes(), &vec![b' '; bytes]].concat();
    let font = |map: String| {
        valid().with_object(5, "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [8 0 R] >>")
            .with_object(7, stream("", map.as_bytes()))
            .with_object(8, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1e38 /W [0 4294967295 1 0 [1 2] -1 -1] /CIDSystemInfo << >> >>")
    };
    let image = |entries: &str| {
        PdfBuilder::with_contents(format!("{LINE} /X Do"))
            .with_object(6, stream(&format!("/Subtype /Image {entries}"), b"\0"))
    };
    let prediction = |parameters: &str| {
        valid().with_object(
            4,
            stream(
                &format!("/Filter /FlateDecode /DecodeParms << {parameters} >>"),
                &zlib_compressed(LINE.as_bytes()),
            ),
        )
    };
    vec![
        ("count", valid().with_object(2, "<< /Type /Pages /Kids [3 0 R] /Count 9223372036854775807 >>")),
        ("count-negative", valid().with_object(2, "<< /Type /Pages /Kids [3 0 R] /Count -2147483648 >>")),
        ("same-page", valid().with_object(2, format!("<< /Type /Pages /Kids [{}] /Count {many} >>", repeat("3 0 R ", many)))),
        ("size", valid().with_trailer("/Size 9223372036854775807")),
        ("length", valid().with_object(4, format!("<< /Length 9223372036854775807 >>\nstream\n{LINE}\nendstream"))),
        ("length-negative", valid().with_object(4, format!("<< /Length -1 >>\nstream\n{LINE}\nendstream"))),
        ("boxes", valid().with_object(3, PAGE.replace("0 0 595 842", "-1e38 1e38 1e308 99999999999999999999"))),
        ("box-empty", valid().with_object(3, PAGE.replace("0 0 595 842", "0 0 0 0").replace("/Parent", "/Rotate 17 /UserUnit 1e38 /Parent"))),
        ("huge-coordinates", PdfBuilder::with_contents(format!("1e38 0 0 1e38 1e38 1e38 cm {LINE} BT /F 1e38 Tf 1e38 1e38 Td (a gate) Tj -1e38 0 Td (b gate) Tj ET"))),
        ("zero-font-size", PdfBuilder::with_contents(format!("0 0 0 0 0 0 cm {LINE} BT /F 0 Tf 0 Tz (a) Tj ET"))),
        ("bomb", valid().with_object(4, compressed_stream(spaced(scale << 20), 1))),
        ("bomb-in-a-bomb", valid().with_object(4, compressed_stream(spaced(scale << 20), 3))),
        ("bomb-of-filters", valid().with_object(4, stream(&format!("/Filter [{}]", repeat("/FlateDecode ", many)), &zlib_compressed(LINE.as_bytes())))),
        ("bomb-of-runs", valid().with_object(4, stream("/Filter /RunLengthDecode", &[&[100][..], &LINE.as_bytes()[..101.min(LINE.len())], &[129, b' '].repeat(many)].concat()))),
        ("bomb-of-text", valid().with_object(4, compressed_stream(repeat(LINE, many / 2).into(), 1))),
        ("forms-ten-by-ten", forms_ten_by_ten(12)),
        ("contents", valid().with_object(4, format!("[{}]", repeat("7 0 R ", many))).with_object(7, stream("", LINE.as_bytes()))),
        ("predictor", prediction("/Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 16")),
        ("predictor-empty", prediction("/Predictor 12 /Columns 0 /Colors 0 /BitsPerComponent 0")),
        ("predictor-negative", prediction("/Predictor -1 /Columns -1 /Colors -1 /EarlyChange -1")),
        ("image", image("/Width 2147483647 /Height 2147483647 /BitsPerComponent 16 /ColorSpace /DeviceCMYK")),
        ("image-packed", image("/Width 99999 /Height 99999 /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 99999999 >>")),
        ("image-of-jbig2", image("/Width 99999 /Height 99999 /Filter /JBIG2Decode")),
        ("image-of-jpx", image("/Width 99999 /Height 99999 /Filter /JPXDecode")),
        ("image-inline", PdfBuilder::with_contents(format!("{LINE} BI /W 99999999 /H 99999999 /BPC 8 /CS /RGB ID \0\0 EI {LINE}"))),
        ("map-of-everything", font("begincmap 1 begincodespacerange <00> <FFFFFFFF> endcodespacerange 2 beginbfrange <00000000> <FFFFFFFF> <0041> <0000> <FFFF> [<41>] endbfrange endcmap".to_owned())),
        ("map-of-long-texts", font(format!("begincmap 1 beginbfchar <2831> <{}> endbfchar endcmap", repeat("0041", many)))),
        ("map-backwards", font("begincmap 1 beginbfrange <FFFF> <0000> <D800> endbfrange 1 begincidrange <0000> <FFFF> 4294967295 endcidrange endcmap".to_owned())),
        ("widths", valid().with_object(5, "<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar -2147483648 /LastChar 2147483647 /Widths [1e38 -1e38] >>")),
        ("differences", valid().with_object(5, format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [4294967295 /a {}] >> >>", repeat("/a ", many)))),
        ("actual-text", PdfBuilder::with_contents(format!("{}{LINE}", repeat(&format!("/Span << /ActualText ({}) >> BDC EMC ", repeat("a", 100)), many)))),
        ("mcids", PdfBuilder::tagged(&format!("<< /K [{}] >>", repeat("<< /S /P /K 0 /Pg 3 0 R >> ", many)))),
        ("marks-beyond-end", PdfBuilder::tagged("<< /K [<< /S /P /K [2147483647 -1 99999999999 << /Type /MCR /MCID 0 >>] /Pg 3 0 R >>] >>")),
        ("nested-function", nested_function(many)),
        ("encryption", valid().with_trailer("/Encrypt << /Filter /Standard /V 5 /R 6 /Length 4294967295 /O () /U () /P -1 >> /ID [() ()]")),
        ("operands", PdfBuilder::with_contents(format!("{}{LINE}", repeat("1 ", many * 10)))),
        ("rows", PdfBuilder::with_contents((0..many).map(|at| format!("BT /F 9 Tf {} {} Td (a) Tj ET ", at % 97, at % 89)).collect::<String>())),
    ]
}

pub(super) fn files(scale: usize) -> Vec<TestFile> {
    let all = reference_cycles().into_iter().chain(deep_nesting(scale)).chain(false_sizes(scale));
    let mut files: Vec<_> =
        all.map(|(name, pdf)| TestFile::new(format!("pdf-{name}.pdf"), pdf.into_bytes())).collect();
    let valid = PdfBuilder::valid().into_bytes();
    let text = String::from_utf8_lossy(&valid).into_owned();
    let object_stream =
        stream("/Type /ObjStm /N 4294967295 /First 4294967295 /Extends 7 0 R", b"7 0 8 1 9 2 1 0 R");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("valid", valid.clone()),
        ("table-empty", text.replace("xref\n0 7", "xref\n0 99999999").into()),
        ("table-from-the-end", text.replace("xref\n0 7", "xref\n4294967290 9").into()),
        ("table-missing", text.replace("startxref", "startnothing").into()),
        ("table-wrong-offsets", text.replace(" 00000 n", " 99999 n").into()),
        ("root-missing", text.replace("/Root 1 0 R", "/Root 99 0 R").into()),
        (
            "objects-in-themselves",
            PdfBuilder::valid()
                .with_object(7, object_stream)
                .with_object(1, "<< /Type /Catalog /Pages 8 0 R >>")
                .into_bytes(),
        ),
        ("headers", repeat("%PDF-1.7\n", scale * 1_000).into()),
        ("ends", [&valid[..], repeat("startxref\n0\n%%EOF\n", scale * 1_000).as_bytes()].concat()),
        (
            "objects",
            [&b"%PDF-1.7\n"[..], repeat("1 0 obj\n<< /Length 9 >>\nstream\n", scale * 1_000).as_bytes()]
                .concat(),
        ),
        ("long-comment", [&b"%PDF-1.7\n"[..], &b"%".repeat(scale * 10_000), &valid].concat()),
        ("twice", valid.repeat(20)),
        ("numbers", text.replace("595 842", "1.7976931348623157e999 --5.5.5").into()),
        ("backwards", [&b"%PDF-1.7\n"[..], &valid.iter().rev().copied().collect::<Vec<u8>>()].concat()),
    ];
    files.extend(cases.into_iter().map(|(name, bytes)| TestFile::new(format!("pdf-{name}.pdf"), bytes)));
    files
}
