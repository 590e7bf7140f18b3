//! Exports for engines: what is written, what a second export changes, and what an interrupted one leaves.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quotable_export::engine::{
    EngineFormat, ExportError, ExportOptions, ExportTable, Exported, Manifest, export,
};
use quotable_index::{CancelFlag, Index, SearchOptions};
use quotable_report::{Paragraph, Report, Role};
use serde_json::Value;

use crate::corpus;
use crate::formats_page::{documented, part_of_page};

/// A report of `paragraphs` paragraphs that all have `word`.
fn report(name: &str, word: &str, paragraphs: usize) -> Report {
    let mut report = Report::new(format!("{name}.txt"));
    let text = |number: usize| format!("Paragraph {number} of {name} has the children’s {word}. It ends.");
    report.paragraphs = (1..=paragraphs).map(|number| Paragraph::new(text(number))).collect();
    report
}

fn put(index: &Index, reports: impl IntoIterator<Item = Report>) {
    let mut writer = index.writer().unwrap();
    for report in reports {
        writer.put(report).unwrap();
    }
    writer.finish().unwrap();
}

fn run(index: &Index, folder: &Path, format: EngineFormat) -> Exported {
    export(&index.snapshot(), folder, &options(format), |_| ()).unwrap()
}

/// Parts are small, so that a few reports make several.
fn options(format: EngineFormat) -> ExportOptions {
    ExportOptions::new(format).part_paragraphs(5)
}

fn lines(folder: &Path, path: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What an engine holds after it took the runs in order, or what the files of a table hold: by id, the words.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let manifest = Manifest::read(folder).unwrap().unwrap();
    let mut held: BTreeMap<String, String> = BTreeMap::new();
    let mut ids = Vec::new();
    for file in &manifest.files {
        match file.table.as_str() {
            "deletes" => {
                for line in lines(folder, &file.path) {
                    match line["query"].as_str() {
                        Some(query) => {
                            // Only what earlier runs wrote: Quickwit may carry a task out after it took the documents of the run.
                            let earlier = format!("] +run:[* TO {}]", file.run - 1);
                            let some = query.strip_prefix("+report_id:IN [").unwrap();
                            let gone: Vec<&str> = some.strip_suffix(&earlier).unwrap().split(' ').collect();
                            held.retain(|id, _| !gone.contains(&id.split('.').next().unwrap()));
                        }
                        None => drop(held.remove(line["delete"]["_id"].as_str().unwrap())),
                    }
                }
            }
            "documents" | "paragraphs" if !file.path.ends_with("parquet") => {
                let mut named = None;
                for line in lines(folder, &file.path) {
                    if let Some(id) = line["index"]["_id"].as_str() {
                        named = Some(id.to_owned());
                        continue;
                    }
                    let id = line["id"].as_str().unwrap().to_owned();
                    assert!(file.table == "paragraphs" || line["run"].as_u64() == Some(file.run));
                    assert!(named.take().is_none_or(|named| named == id));
                    ids.push((file.run, id.clone()));
                    let words = line["words"].as_str().or(line["folded"].as_str()).unwrap();
                    held.insert(id, words.to_owned());
                }
            }
            _ => {}
        }
    }
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "a paragraph twice in one run");
    assert_eq!(held.len() as u64, manifest.counts.paragraphs);
    held
}

const FORMATS: [EngineFormat; 3] = [EngineFormat::Jsonl, EngineFormat::Quickwit, EngineFormat::OpenSearch];

#[test]
fn every_file_is_in_the_manifest_with_its_rows_and_hash() {
    for format in EngineFormat::ALL {
        let folder = tempfile::tempdir().unwrap();
        let done = run(&corpus::index(), folder.path(), *format);
        assert_eq!((done.written, done.manifest.counts.reports, done.manifest.counts.paragraphs), (2, 2, 2));
        assert_eq!(done.manifest, Manifest::read(folder.path()).unwrap().unwrap());
        for file in &done.manifest.files {
            let bytes = fs::read(folder.path().join(&file.path)).unwrap();
            assert_eq!(
                (file.bytes, &file.blake3),
                (bytes.len() as u64, &blake3::hash(&bytes).to_hex().to_string())
            );
            if file.path.ends_with("json") || file.path.ends_with("parquet") || file.path.ends_with("yaml") {
                continue;
            }
            let per_row = if *format == EngineFormat::OpenSearch { 2 } else { 1 };
            assert_eq!(lines(folder.path(), &file.path).len() as u64, file.rows * per_row, "{}", file.path);
        }
        assert!(!folder.path().join(".staging").exists());
    }
}

#[test]
fn a_document_has_the_words_and_all_that_is_known_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    run(&corpus::index(), folder.path(), EngineFormat::OpenSearch);
    let all = lines(folder.path(), "run-000001/documents-000001-01.ndjson");
    let row = all.iter().find(|line| line["path"] == "900_marlowe/inspection.pdf").unwrap();
    let expected = serde_json::json!({
        "words": "too many care leavers unallocated for weeks wait caseloads are high",
        "authority_key": "marlowe", "urn": "900", "framework": "ilacs", "year": 2018, "dated": "2018-01-29",
        "inspected": [{"gte": "2018-01-08", "lte": "2018-01-19"}], "judgements": ["overall:good"], "grade": "good",
        "overall": "good", "theme": "care-leavers", "section_path": "Care leavers", "section_words": "care leavers",
        "paragraph": "12", "page": 4, "pages": [4], "role": "body", "searched": true, "word_count": 11,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&row[name], value, "{name}");
    }
    assert!(row["themes"].as_array().unwrap().iter().any(|theme| theme == "care-leavers"));
    assert!(row["cite"].as_str().unwrap().contains("para 12, p. 4"));
    assert_eq!(row["corpus_hash"].as_str().unwrap().len(), 32);
    // What is not known is left out.
    let bare = all.iter().find(|line| line["path"] == "bare.txt").unwrap();
    assert!(bare.get("authority").is_none() && bare.get("grade").is_none());
}

#[test]
fn the_columns_are_those_of_the_page() {
    for table in ExportTable::ALL {
        let heading = format!("Exported {}", table.name());
        let rows = documented("Exports for engines", &heading);
        let written: Vec<(String, String)> = rows
            .into_iter()
            .map(|(name, line)| (name, line.split('|').nth(2).unwrap().trim().to_owned()))
            .collect();
        let columns: Vec<(String, String)> = table
            .columns()
            .iter()
            .map(|column| (column.name.to_owned(), column.holds.name().to_owned()))
            .collect();
        assert_eq!(written, columns, "{heading}");
    }
    // The fields of the manifest.
    let folder = tempfile::tempdir().unwrap();
    run(&corpus::index(), folder.path(), EngineFormat::Jsonl);
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
    let mut fields = Vec::new();
    for (name, value) in manifest.as_object().unwrap() {
        match value {
            Value::Object(inner) => fields.extend(inner.keys().map(|inner| format!("{name}.{inner}"))),
            Value::Array(items) => {
                fields.extend(items[0].as_object().unwrap().keys().map(|inner| format!("{name}[].{inner}")));
            }
            _ => fields.push(name.clone()),
        }
    }
    fields.sort();
    let mut page: Vec<String> =
        documented("Exports for engines", "Manifest").into_iter().map(|(name, _)| name).collect();
    page.sort();
    assert_eq!(page, fields);
    assert!(part_of_page("Exports for engines").contains("folded"));
}

#[test]
fn a_line_of_json_is_a_hit_with_the_documented_additions() {
    let folder = tempfile::tempdir().unwrap();
    run(&corpus::index(), folder.path(), EngineFormat::Jsonl);
    let all = lines(folder.path(), "paragraphs/part-000001.jsonl");
    let known = crate::formats_page::fields("Hit");
    let added: Vec<String> =
        documented("Exports for engines", "Exported lines").into_iter().map(|(name, _)| name).collect();
    for line in &all {
        for name in line.as_object().unwrap().keys() {
            let is_hit = known.iter().any(|field| field.split(['.', '[']).next() == Some(name.as_str()));
            assert!(is_hit || added.contains(name), "{name}");
        }
        assert!(added.iter().all(|name| line.get(name).is_some()));
    }
    assert_eq!(lines(folder.path(), "reports/part-000001.jsonl").len(), 2);
}

#[test]
fn a_second_export_writes_what_has_changed_and_engines_end_alike() {
    for format in FORMATS {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::in_memory().unwrap();
        put(&index, (0..6).map(|number| report(&format!("r{number}"), "homes", 4)));
        let first = run(&index, folder.path(), format);
        assert_eq!((first.written, first.manifest.run), (6, 1));
        // Nothing has changed: not a byte is written.
        let before = fs::read(folder.path().join("manifest.json")).unwrap();
        let again = run(&index, folder.path(), format);
        assert_eq!((again.written, again.bytes, again.manifest.run), (0, 0, 1));
        assert_eq!(fs::read(folder.path().join("manifest.json")).unwrap(), before);
        // One is shorter, one is gone, one is new, and one is put in again as it was.
        put(&index, [report("r1", "plans", 2), report("new", "homes", 3), report("r5", "homes", 4)]);
        let mut writer = index.writer().unwrap();
        writer.remove("r3.txt").unwrap();
        writer.finish().unwrap();
        let second = run(&index, folder.path(), format);
        assert_eq!((second.changed, second.removed, second.manifest.run), (2, 1, 2), "{format}");
        if format.is_told_changes() {
            assert_eq!(second.written, 2);
            assert!(second.manifest.files.iter().any(|file| file.run == 2 && file.table == "deletes"));
        }
        let fresh = tempfile::tempdir().unwrap();
        run(&index, fresh.path(), format);
        assert_eq!(held(folder.path()), held(fresh.path()), "{format}");
        let reports = |folder: &Path| {
            let manifest = Manifest::read(folder).unwrap().unwrap();
            manifest.reports.into_iter().map(|report| (report.path, report.version)).collect::<Vec<_>>()
        };
        assert_eq!(reports(folder.path()), reports(fresh.path()));
        // What was taken back is a change too.
        put(&index, [report("r1", "homes", 4), report("r3", "homes", 4)]);
        let mut writer = index.writer().unwrap();
        writer.remove("new.txt").unwrap();
        writer.finish().unwrap();
        run(&index, folder.path(), format);
        assert_eq!(held(folder.path()).len(), 24, "{format}");
    }
}

#[test]
fn a_change_that_another_report_makes_is_a_change() {
    // The fifth report with the same long paragraph makes it boilerplate in all of them.
    let same =
        "This is the same long paragraph that stands word for word in every one of these reports here.";
    let with = |name: &str| {
        let mut report = Report::new(name);
        report.paragraphs = vec![Paragraph::new(same)];
        report.title = Some(name.to_owned());
        report.paragraphs.push(Paragraph::new(format!("Only {name} has this one.")));
        report
    };
    let folder = tempfile::tempdir().unwrap();
    let index = Index::in_memory().unwrap();
    put(&index, ["a", "b", "c", "d"].map(with));
    run(&index, folder.path(), EngineFormat::Quickwit);
    put(&index, [with("e")]);
    let second = run(&index, folder.path(), EngineFormat::Quickwit);
    assert_eq!((second.changed, second.written), (5, 5));
    // The sixth only raises the count in the others: they are not written again for that, and stay boilerplate.
    put(&index, [with("f")]);
    let third = run(&index, folder.path(), EngineFormat::Quickwit);
    assert_eq!((third.changed, third.written), (1, 1));
    // Of five reports that had it in common four are left with it: no boilerplate any more.
    let mut writer = index.writer().unwrap();
    for name in ["e", "f"] {
        writer.remove(name).unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(run(&index, folder.path(), EngineFormat::Quickwit).changed, 4);
}

#[test]
fn an_interrupted_export_is_continued() {
    for format in EngineFormat::ALL {
        let index = Index::in_memory().unwrap();
        put(&index, (0..9).map(|number| report(&format!("r{number}"), "homes", 4)));
        let folder = tempfile::tempdir().unwrap();
        // Documents of a few reports fit one part, so these begin again.
        let flag = CancelFlag::new();
        let stopping = options(*format).cancel(flag.clone());
        let stopped = export(&index.snapshot(), folder.path(), &stopping, |progress| {
            if progress.done == 7 {
                flag.cancel();
            }
        });
        assert!(matches!(stopped, Err(ExportError::Cancelled)), "{stopped:?}");
        assert!(!folder.path().join("manifest.json").exists());
        let seen = Cell::new(u64::MAX);
        let done = export(&index.snapshot(), folder.path(), &options(*format), |progress| {
            seen.set(seen.get().min(progress.done));
        });
        let done = done.unwrap();
        if !format.is_told_changes() {
            assert_eq!((done.taken_over, seen.get()), (6, 6), "{format}");
        }
        assert_eq!((done.written, done.manifest.counts.paragraphs), (9, 36));
        let fresh = tempfile::tempdir().unwrap();
        let other = run(&index, fresh.path(), *format);
        // The same files, byte for byte.
        assert_eq!(done.manifest.files, other.manifest.files, "{format}");
    }
}

#[test]
fn a_kill_at_any_file_is_mended_by_the_next_export() {
    let index = Index::in_memory().unwrap();
    put(&index, (0..9).map(|number| report(&format!("r{number}"), "homes", 4)));
    for format in FORMATS {
        let folder = tempfile::tempdir().unwrap();
        let done = run(&index, folder.path(), format);
        let whole = held(folder.path());
        // Killed after the manifest was replaced, and before a file was moved to its place.
        for file in &done.manifest.files {
            let waiting = folder.path().join(".staging").join(&file.path);
            fs::create_dir_all(waiting.parent().unwrap()).unwrap();
            fs::rename(folder.path().join(&file.path), &waiting).unwrap();
            run(&index, folder.path(), format);
            assert_eq!(held(folder.path()), whole);
        }
        // Killed before the files of an earlier export were deleted.
        if format == EngineFormat::Jsonl {
            fs::write(folder.path().join("paragraphs/part-000099.jsonl"), "{}\n").unwrap();
            run(&index, folder.path(), format);
            assert!(!folder.path().join("paragraphs/part-000099.jsonl").exists());
        }
        // A file that was cut is not passed over.
        let file = done.manifest.files.last().unwrap();
        fs::write(folder.path().join(&file.path), "{").unwrap();
        let error = export(&index.snapshot(), folder.path(), &options(format), |_| ()).unwrap_err();
        assert!(error.to_string().contains("should have") && error.cure().is_some(), "{error}");
    }
}

#[test]
fn a_part_that_was_cut_in_the_staging_folder_is_written_again() {
    let index = Index::in_memory().unwrap();
    put(&index, (0..9).map(|number| report(&format!("r{number}"), "homes", 4)));
    let folder = tempfile::tempdir().unwrap();
    let flag = CancelFlag::new();
    let stopping = options(EngineFormat::Jsonl).cancel(flag.clone());
    let stop = |progress: quotable_export::engine::ExportProgress| {
        if progress.done == 7 {
            flag.cancel();
        }
    };
    export(&index.snapshot(), folder.path(), &stopping, stop).unwrap_err();
    let second = folder.path().join(".staging/paragraphs/part-000002.jsonl");
    let text = fs::read(&second).unwrap();
    fs::write(&second, &text[..text.len() / 2]).unwrap();
    let done = run(&index, folder.path(), EngineFormat::Jsonl);
    assert_eq!((done.taken_over, done.written), (2, 9));
    assert_eq!(held(folder.path()).len(), 36);
    // Parts of another state of the corpus are of no use.
    let flag = CancelFlag::new();
    let other = tempfile::tempdir().unwrap();
    let stopping = options(EngineFormat::Jsonl).cancel(flag.clone());
    export(&index.snapshot(), other.path(), &stopping, |progress| {
        if progress.done == 7 {
            flag.cancel();
        }
    })
    .unwrap_err();
    put(&index, [report("r0", "plans", 1)]);
    let done = run(&index, other.path(), EngineFormat::Jsonl);
    assert_eq!((done.taken_over, held(other.path()).len()), (0, 33));
}

#[test]
fn a_folder_of_others_is_refused() {
    let index = corpus::index();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.docx"), "mine").unwrap();
    let refused =
        export(&index.snapshot(), folder.path(), &options(EngineFormat::Jsonl), |_| ()).unwrap_err();
    assert!(refused.to_string().contains("thesis.docx"), "{refused}");
    fs::remove_file(folder.path().join("thesis.docx")).unwrap();
    run(&index, folder.path(), EngineFormat::Jsonl);
    let refused =
        export(&index.snapshot(), folder.path(), &options(EngineFormat::Quickwit), |_| ()).unwrap_err();
    assert!(refused.to_string().contains("export to jsonl"), "{refused}");
    let part = options(EngineFormat::Jsonl).within(Some("900_marlowe".to_owned()));
    let refused = export(&index.snapshot(), folder.path(), &part, |_| ()).unwrap_err();
    assert!(refused.to_string().contains("all reports"), "{refused}");
}

#[test]
fn a_part_of_the_corpus_is_exported_alone() {
    let folder = tempfile::tempdir().unwrap();
    let options = options(EngineFormat::Jsonl).within(Some("900_marlowe".to_owned()));
    let done = export(&corpus::index().snapshot(), folder.path(), &options, |_| ()).unwrap();
    assert_eq!(
        done.manifest.reports.iter().map(|report| report.path.as_str()).collect::<Vec<_>>(),
        ["900_marlowe/inspection.pdf"]
    );
}

#[test]
fn counts_are_those_of_the_index() {
    let index = Index::in_memory().unwrap();
    let mut mixed = report("mixed", "homes", 3);
    mixed.paragraphs[1].role = Role::Table;
    mixed.paragraphs[2].role = Role::Note;
    put(&index, [mixed, report("r1", "homes", 2)]);
    let folder = tempfile::tempdir().unwrap();
    let counts = run(&index, folder.path(), EngineFormat::Quickwit).manifest.counts;
    let all =
        index.search_with(&"*:*".parse().unwrap(), &SearchOptions::default()).unwrap().extent().unwrap();
    assert_eq!((counts.paragraphs, counts.searched, counts.words), (5, all.paragraphs, all.words));
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, Field>> {
        let manifest = Manifest::read(folder).unwrap().unwrap();
        let mut all = Vec::new();
        for file in manifest.files.iter().filter(|file| file.table == table) {
            let reader = SerializedFileReader::new(fs::File::open(folder.join(&file.path)).unwrap()).unwrap();
            let before = all.len();
            for row in reader.get_row_iter(None).unwrap() {
                all.push(
                    row.unwrap()
                        .get_column_iter()
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                );
            }
            assert_eq!((all.len() - before) as u64, file.rows);
        }
        all
    }

    #[test]
    fn the_tables_hold_what_the_documents_hold() {
        let folder = tempfile::tempdir().unwrap();
        run(&corpus::index(), folder.path(), EngineFormat::Parquet);
        let paragraphs = rows(folder.path(), "paragraphs");
        let full = paragraphs.iter().find(|row| row["paragraph"] == Field::Str("12".to_owned())).unwrap();
        assert_eq!(
            full["words"].to_string(),
            "\"too many care leavers unallocated for weeks wait caseloads are high\""
        );
        assert_eq!(full["dated"].to_string(), "2018-01-29");
        assert_eq!(full["judgements"].to_string(), "[\"overall:good\"]");
        assert_eq!(
            (full["pages"].to_string(), full["searched"].to_string()),
            ("[4]".to_owned(), "true".to_owned())
        );
        let bare = paragraphs.iter().find(|row| row["path"] == Field::Str("bare.txt".to_owned())).unwrap();
        assert_eq!((&bare["authority"], bare["judgements"].to_string()), (&Field::Null, "[]".to_owned()));
        let sentences = rows(folder.path(), "sentences");
        assert_eq!(sentences.len(), 4);
        assert_eq!(sentences[0]["words"].to_string().split(' ').next(), Some("\"too"));
        assert_eq!(rows(folder.path(), "judgements")[0]["grade"].to_string(), "\"good\"");
        assert!(rows(folder.path(), "themes").iter().any(|row| row["by_section"].to_string() == "true"));
    }

    #[test]
    fn a_second_export_replaces_only_the_files_that_hold_something_old() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::in_memory().unwrap();
        put(&index, (0..8).map(|number| report(&format!("r{number}"), "homes", 5)));
        let first = run(&index, folder.path(), EngineFormat::Parquet);
        assert_eq!(first.manifest.files.len(), 8 * 5);
        put(&index, [report("r2", "plans", 5)]);
        let second = run(&index, folder.path(), EngineFormat::Parquet);
        assert_eq!((second.changed, second.written), (1, 1));
        let kept = second.manifest.files.iter().filter(|file| first.manifest.files.contains(file)).count();
        assert_eq!(kept, 7 * 5);
        // No file of the old part is left to be read with the others.
        let there = fs::read_dir(folder.path().join("paragraphs")).unwrap().count();
        assert_eq!((there, rows(folder.path(), "paragraphs").len()), (8, 40));
    }

    #[test]
    fn small_changes_fill_up_the_last_file() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::in_memory().unwrap();
        for number in 0..6 {
            put(&index, [report(&format!("r{number}"), "homes", 2)]);
            let options = ExportOptions::new(EngineFormat::Parquet).part_paragraphs(8);
            export(&index.snapshot(), folder.path(), &options, |_| ()).unwrap();
        }
        let parts = fs::read_dir(folder.path().join("reports")).unwrap().count();
        assert!(parts <= 4, "{parts} files of 12 paragraphs in parts of 8");
        assert_eq!(rows(folder.path(), "paragraphs").len(), 12);
    }
}
