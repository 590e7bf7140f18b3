//! The format that the name of an output file asks for.

use std::path::Path;

use clap::ValueEnum;

use crate::error::{Error, Result};

/// What the name of an output file says of its format.
pub(super) struct ByName<F> {
    /// The format that it asks for; `None` if it asks for none, or an option has named one.
    pub(super) form: Option<F>,
    /// What the user should know.
    pub(super) note: Option<String>,
}

/// Reads the name of an output file, where the option has `named` a format or not.
///
/// # Errors
/// If the name asks for a format of other programs, or for a workbook where another format is written.
pub(super) fn of_form<F: ValueEnum + PartialEq>(file: &Path, named: Option<F>) -> Result<ByName<F>> {
    let none = |note| Ok(ByName { form: None, note });
    let Some(extension) = file.extension().and_then(|extension| extension.to_str()) else {
        return none(None);
    };
    // A pipe or a device is written to in any format.
    if file.metadata().is_ok_and(|found| !found.is_file()) {
        return none(None);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let form = F::from_str(extension, true).ok().filter(|_| !extension.eq_ignore_ascii_case("xls"));
    let all = || {
        let names = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        names.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ")
    };
    match (form, named) {
        (Some(form), Some(named)) if form == named => none(None),
        (Some(form), Some(named)) => {
            let label = |form: &F| {
                form.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
            };
            let (form, named) = (label(&form), label(&named));
            if form == "xlsx" || named == "xlsx" {
                let error = Error::new(format!(
                    "{name} is the name of a file of {form}, and the options ask for {named}"
                ));
                return Err(error.cure("leave the format out, or give the file the ending of its format"));
            }
            none(Some(format!(
                "{name} is written as {named}, as the options say, though its name ends in .{extension}"
            )))
        }
        (Some(form), None) => Ok(ByName { form: Some(form), note: None }),
        (None, None) if is_of_other_programs(extension) => {
            let error = Error::new(format!("this command writes no .{extension} files: {name}"));
            let cure = if extension.eq_ignore_ascii_case("xls") {
                "name it .xlsx for a spreadsheet".to_owned()
            } else {
                format!("give the file the ending of one of its formats: {}", all())
            };
            Err(error.cure(cure))
        }
        (None, None) => none(Some(format!(
            "{name} is written as text, since .{extension} names no format; the formats are {}",
            all()
        ))),
        (None, Some(_)) => none(None),
    }
}

/// Endings of files that would not open in the program that they belong to.
fn is_of_other_programs(extension: &str) -> bool {
    let known = [
        "xls", "ods", "doc", "docx", "odt", "rtf", "pdf", "html", "htm", "parquet", "tsv", "svg", "png",
        "bib", "ris",
    ];
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Format;

    #[test]
    fn the_format_follows_the_name_of_the_file() {
        let by_name = |name: &str, named| of_form::<Format>(Path::new(name), named);
        for (name, form) in [
            ("a.csv", Some(Format::Csv)),
            ("a.XLSX", Some(Format::Xlsx)),
            ("a.json", Some(Format::Jsonl)),
            ("a.jsonl", Some(Format::Jsonl)),
            ("a.md", Some(Format::Markdown)),
            ("a.txt", Some(Format::Text)),
            ("a", None),
        ] {
            let found = by_name(name, None).unwrap();
            assert_eq!((found.form, found.note), (form, None), "{name}");
        }
        let said = |name, named| by_name(name, named).unwrap().note.unwrap_or_default();
        assert!(said("a.out", None).contains("as text"));
        assert!(said("a.csv", Some(Format::Jsonl)).contains("as jsonl"));
        assert_eq!(said("a.csv", Some(Format::Csv)), "");
        for (name, named) in
            [("a.xls", None), ("a.docx", None), ("a.html", None), ("a.xlsx", Some(Format::Csv))]
        {
            assert!(by_name(name, named).is_err(), "{name}");
        }
    }
}
