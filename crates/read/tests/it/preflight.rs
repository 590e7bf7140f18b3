//! PDFs that demand more memory or time than there is. Without the preflight they would kill the process, or never end.

use std::path::Path;

use quotable_read::{Budget, Document, ReadError, ReadErrorKind, Readers};

use crate::hostile::pdf;

const CID: &str =
    "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] >>";
const AXIAL: &str = "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Function 7 0 R >>";

fn read(file: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    Readers::default().read(Path::new("a.pdf"), file, budget)
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A PDF of one page with a font (object `font`: 5 is Helvetica, 6 the first of `objects`) and a shading (object 6).
/// `objects` are numbered from 6; `DEMAND` in them is replaced by `demand`.
fn demanding(font: u8, objects: &[&str], demand: &str) -> Vec<u8> {
    let words = "BT /T 9 Tf (The heron stood in the reeds and did not move.) Tj ET /P sh";
    let resources = format!("/Font << /T {font} 0 R >> /Shading << /P 6 0 R >>");
    let mut all = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {resources} >> >>"),
        stream("", words),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    all.extend(objects.iter().map(|object| object.replace("DEMAND", demand)));
    pdf(&all)
}

/// Asserts that the file is refused with one demand and read with another.
#[track_caller]
fn assert_limit(font: u8, objects: &[&str], refused: &str, accepted: &str) {
    let error = read(&demanding(font, objects, refused), &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{refused}: {error}");
    assert!(error.to_string().contains("no report is like that"), "{refused}: {error}");
    let document = read(&demanding(font, objects, accepted), &Budget::default()).unwrap();
    assert_eq!(document.blocks.len(), 1, "{accepted}");
}

#[test]
fn fonts_with_too_many_widths_are_refused() {
    let widths = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A DEMAND >>";
    assert_limit(6, &[CID, widths], "/W [0 4294967295 1]", "/W [0 65535 1]");
    assert_limit(6, &[CID, widths], "/W2 [0 4294967295 1 2 3]", "/W2 [0 65535 1 2 3]");
    let referred = [
        CID,
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W 8 0 R >>",
        "[1 9 0 R 9 DEMAND 1]",
        "[1 2]",
    ];
    assert_limit(6, &referred, "4294967295", "12");
    let simple = "<< /Type /Font /Subtype /TrueType /BaseFont /A DEMAND >>";
    let far = "/FirstChar 9999999999 /LastChar 9999999999 /Widths [1]";
    assert_limit(6, &[simple], far, "/FirstChar 32 /LastChar 33 /Widths [1 2]");
}

/// A short list counts as often as it is referenced.
#[test]
fn width_lists_count_for_each_reference() {
    let list = format!("[{}]", "1 ".repeat(50_000));
    let named = |times: usize| (0..times).map(|at| format!("{} 9 0 R ", at * 50_000)).collect::<String>();
    let font = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W 8 0 R >>";
    assert_limit(6, &[CID, font, "[DEMAND]", &list], &named(100), &named(2));
}

/// A mesh only paints: the text is read without it.
#[test]
fn meshes_without_points_or_with_too_many_are_left_out() {
    let entries = "/ShadingType 5 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 \
                   /Decode [0 9 0 9 0 1] /VerticesPerRow DEMAND";
    let text = |object: &str, demand: &str| {
        let document = read(&demanding(5, &[object], demand), &Budget::default()).unwrap();
        document.blocks.iter().map(|block| block.text()).collect::<Vec<_>>().join("/")
    };
    let lattice = stream(entries, "abcdefghijkl");
    let run = "80 61".repeat(40_000);
    let large = stream("/ShadingType 4 /Filter [DEMAND /AHx /RL]", &run);
    let many = "/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 9 0 9 0 1 \
         0 1 0 1] DEMAND".to_owned();
    let many = stream(&many, &"abcdefgh".repeat(1 << 20));
    for (object, demand) in
        [(&lattice, "0"), (&lattice, "2"), (&large, "/AHx /RL"), (&large, "/DCT"), (&many, "")]
    {
        assert_eq!(text(object, demand), "The heron stood in the reeds and did not move.", "{demand}");
    }
    // Where the kind is written in a way that is not found, the file is refused.
    let error =
        read(&demanding(5, &[&lattice.replace("ShadingType", "Shading#54ype")], "0"), &Budget::default());
    assert_eq!(error.unwrap_err().kind(), ReadErrorKind::OverBudget);
}

#[test]
fn functions_of_too_many_functions_are_refused() {
    let stitched = |of: usize| {
        let (parts, bounds) = (format!("{of} 0 R ").repeat(40), "0.5 ".repeat(39));
        let encode = "0 1 ".repeat(40);
        format!(
            "<< /FunctionType 3 /Domain [0 1] /Functions [{parts}] /Bounds [{bounds}] /Encode [{encode}] >>"
        )
    };
    let last = "<< /FunctionType 2 /Domain [0 1] /N 1 >>";
    let parts = [8, 9, 10, 11, 12].map(stitched);
    let [one, two, three, four, five] = parts.each_ref().map(String::as_str);
    let error =
        read(&demanding(5, &[AXIAL, one, two, three, four, five, last], ""), &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{error}");
    assert!(read(&demanding(5, &[AXIAL, one, last], ""), &Budget::default()).is_ok());
    let chain: Vec<String> = (8..100_000)
        .map(|of| {
            format!("<< /FunctionType 3 /Domain [0 1] /Functions [{of} 0 R] /Bounds [] /Encode [0 1] >>")
        })
        .collect();
    let chain: Vec<&str> =
        [AXIAL].into_iter().chain(chain.iter().map(String::as_str)).chain([last]).collect();
    let error = read(&demanding(5, &chain, ""), &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{error}");
    let table = stream("/FunctionType 0 /Domain [0 1] /Range [0 1] /BitsPerSample 8 /Size [DEMAND]", "abc");
    assert_limit(5, &[AXIAL, &table], "4294967295", "3");
}

#[test]
fn predictors_with_too_many_columns_are_refused() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>";
    let predicted =
        "/Filter /FlateDecode /DecodeParms << /Predictor 2 /BitsPerComponent 4 /Columns DEMAND >>";
    assert_limit(6, &[font, &stream(predicted, "abc")], "99999999999999", "9");
}

/// Each page keeps its decoded content: a short stream that pages show many times counts as often.
#[test]
fn page_content_counts_for_each_reference() {
    let line = "BT /T 9 Tf (heron) Tj ET % and some words that say nothing of it\n";
    let file = |times: usize| {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents [6 0 R {}] /Resources << /Font << /T << /Type /Font /Subtype /Type1 \
             /BaseFont /Helvetica >> >> >> >>",
            "3 0 R ".repeat(times)
        );
        pdf(&[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [4 0 R 5 0 R] /Count 2 /MediaBox [0 0 595 842] >>".to_owned(),
            stream("", &line.repeat(400)),
            page.clone(),
            page,
            stream("", "BT /T 9 Tf 50 50 Td (The bittern stood in the reeds.) Tj ET"),
        ])
    };
    let mut budget = Budget::default();
    budget.output = 256 << 10;
    read(&file(8), &budget).unwrap();
    let error = read(&file(120), &budget).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget);
    assert!(error.to_string().contains("unpacks"), "{error}");
}
