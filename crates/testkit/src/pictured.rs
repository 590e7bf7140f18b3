//! PDFs whose pages are pictures, as scanners make them.

/// A PDF with a page of 40 by 20 points for each content stream. All pages can draw the pictures, as `/P0 Do`, `/P1 Do`, …,
/// and write in Helvetica, as `/F0`.
pub fn pdf_with_pictures(pictures: &[&str], contents: &[&str]) -> Vec<u8> {
    const FIRST: usize = 4;
    let names: String =
        (0..pictures.len()).map(|number| format!("/P{number} {} 0 R ", FIRST + number)).collect();
    let page = |number: usize| FIRST + pictures.len() + 2 * number;
    let kids: String = (0..contents.len()).map(|number| format!("{} 0 R ", page(number))).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    objects.extend(pictures.iter().map(|picture| (*picture).to_owned()));
    for (number, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 20] /Contents {} 0 R /Resources << /XObject << {names}>> \
             /Font << /F0 3 0 R >> >> >>",
            page(number) + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (size, start) = (objects.len() + 1, file.len());
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{table}"));
    file.push_str(&format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

/// A picture for [`pdf_with_pictures`] of grey pixels, written in hexadecimal digits, row by row: `00` is black.
pub fn grey_picture(width: usize, digits: &str) -> String {
    let height = digits.len() / 2 / width;
    format!(
        "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 \
         /Filter /ASCIIHexDecode /Length {} >>\nstream\n{digits}>\nendstream",
        digits.len() + 1
    )
}
