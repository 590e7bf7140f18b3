//! Collocates, keywords, words, trends and their charts.

use std::path::Path;

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Three reports of two years on two invented towns.
fn corpus() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.put(
        "ashcombe/2019.txt",
        "High caseloads delay visits. Caseloads are too high in two teams, and high caseloads worry staff.\n\n\
         Drift is common. Plans drift, and drift harms children.\n",
    );
    sandbox.put(
        "ashcombe/2021.txt",
        "Caseloads have fallen. Staff say that manageable caseloads help.\n\nPlans drift less than before.\n",
    );
    sandbox.put("brindle/2021.txt", "Staff are settled. Plans are clear, and children are seen.\n");
    sandbox.put(
        "quotable.csv",
        "path,published,authority\nashcombe/2019.txt,2019-03-02,Ashcombe\nashcombe/2021.txt,2021-05-02,Ashcombe\n\
         brindle/2021.txt,2021-11-30,Brindle\n",
    );
    sandbox
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn collocates_are_listed_with_counts_positions_and_examples() {
    let sandbox = corpus();
    let rows =
        lines(&sandbox.run(&["collocates", "caseloads", "--window", "2", "--min-count", "2", "--json"]).out);
    let high = &rows[0];
    assert_eq!((high["collocate"].as_str(), high["observed"].as_u64()), (Some("high"), Some(2)));
    assert_eq!((&high["left"][0], &high["frequency"], &high["reports"]), (&2.into(), &3.into(), &1.into()));
    let id = high["examples"][0].as_str().unwrap();
    let shown = sandbox.run(&["show", id]).out;
    assert!(shown.contains("High caseloads"), "{shown}");
    assert_eq!(high["counts"]["occurrences"], 5);
    // Only after, and only in the sentence.
    let arguments = ["collocates", "caseloads", "--left", "0", "--right", "3", "--within", "sentence"];
    let rows = lines(&sandbox.run(&[&arguments[..], &["--min-count", "1", "--json"]].concat()).out);
    let names: Vec<_> = rows.iter().map(|row| row["collocate"].as_str().unwrap()).collect();
    assert!(names.contains(&"worry") && !names.contains(&"drift"), "{names:?}");
    assert!(rows.iter().all(|row| row["left"].as_array().unwrap().is_empty()));
    let all = sandbox.run(&["collocates", "caseloads", "--function-words", "--min-count", "1", "--json"]);
    assert!(all.out.contains("\"collocate\":\"too\""), "{}", all.out);
}

#[test]
fn measures_are_chosen_by_the_names_that_people_know() {
    let sandbox = corpus();
    for name in ["logDice", "g2", "LL", "mi", "MI3", "t", "z-score", "chi2", "fisher", "dice"] {
        let ran = sandbox.run(&["collocates", "caseloads", "--min-count", "1", "--measure", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    }
    let wrong = sandbox.run(&["collocates", "caseloads", "--measure", "log-rice"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("log_dice"), "{}", wrong.err);
    let none = sandbox.run(&["collocates", "caseloads", "--window", "0"]);
    assert_eq!(none.code, 2, "{}", none.err);
    let nothing = sandbox.run(&["collocates", "heron"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("nothing found"), "{}", nothing.err);
}

#[test]
fn keywords_compare_two_parts() {
    let sandbox = corpus();
    let options = ["--min-count", "1", "--min-reports", "1", "--max-p", "1", "--json"];
    let run = |parts: &[&str]| lines(&sandbox.run(&[&["keywords"], parts, &options].concat()).out);
    let rows = run(&["--in", "date:2019"]);
    let of = |rows: &[Value], word: &str| rows.iter().find(|row| row["words"] == word).cloned();
    let drift = of(&rows, "drift").unwrap();
    assert_eq!((&drift["count"], &drift["reference_count"]), (&3.into(), &1.into()));
    assert_eq!((&drift["parts"]["target"]["reports"], &drift["parts"]["against"]), (&1.into(), &Value::Null));
    let rows = run(&["--in", "authority:brindle", "--against", "date:2019", "--words", "1-2"]);
    assert!(of(&rows, "settled").is_some() && of(&rows, "drift").is_none());
    // Options narrow both parts.
    let rows = run(&["--in", "drift", "--from", "2021"]);
    assert_eq!(rows[0]["parts"]["target"]["paragraphs"], 1);
    assert_eq!(rows[0]["parts"]["reference"]["paragraphs"], 2);
    let wrong = sandbox.run(&["keywords", "--in", "heron"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("heron finds no paragraph"), "{}", wrong.err);
    assert_eq!(sandbox.run(&["keywords"]).code, 2);
}

#[test]
fn words_that_name_an_authority_are_noted() {
    let sandbox = corpus();
    let note = |name: &str| {
        format!("“{name}” is searched in the text; for the reports on this authority write authority:{name}")
    };
    sandbox.put("brindle/2022.txt", "A note on Brindle and Ashcombe, where plans are clear.\n");
    let compared = sandbox.run(&["compare", "Ashcombe", "Brindle"]);
    for name in ["Ashcombe", "Brindle"] {
        assert!(compared.err.contains(&note(name)), "{}", compared.err);
    }
    let options = ["--min-count", "1", "--min-reports", "1", "--max-p", "1"];
    let keywords =
        sandbox.run(&[&["keywords", "--in", "plans", "--against", "Brindle"], &options[..]].concat());
    assert!(keywords.err.contains(&note("Brindle")) && !keywords.err.contains("“plans”"), "{}", keywords.err);
}

#[test]
fn reports_are_compared_by_the_ids_that_are_printed() {
    let sandbox = corpus();
    let listed = lines(&sandbox.run(&["reports", "--json"]).out);
    let id = |path: &str| {
        let found = listed.iter().find(|report| report["path"] == path).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (id("ashcombe/2019.txt"), id("brindle/2021.txt"));
    let by_id = sandbox.run(&["compare", &first, &second, "--json"]);
    let by_path = sandbox.run(&["compare", "ashcombe/2019.txt", "brindle/2021.txt", "--json"]);
    assert_eq!((by_id.code, by_id.out), (0, by_path.out), "{}", by_id.err);
}

#[test]
fn words_and_sequences_are_counted() {
    let sandbox = corpus();
    let words = sandbox.run(&["words", "--format", "csv"]).out;
    assert!(words.lines().nth(1).unwrap().starts_with("caseloads,1,5,"), "{words}");
    let pairs = lines(
        &sandbox.run(&["ngrams", "--words", "2", "--match", "* drift", "--min-count", "1", "--json"]).out,
    );
    assert_eq!(
        (pairs.len(), &pairs[0]["words"], &pairs[0]["reports"]),
        (1, &"plans drift".into(), &2.into())
    );
    let narrowed =
        lines(&sandbox.run(&["words", "--in", "authority:brindle", "--match", "sett*", "--json"]).out);
    assert_eq!((narrowed.len(), &narrowed[0]["all"]["reports"]), (1, &1.into()));
    assert_eq!(sandbox.run(&["words", "--match", "heron*"]).code, 1);
    assert_eq!(sandbox.run(&["ngrams", "--words", "9"]).code, 2);
}

#[test]
fn trends_of_several_queries_and_a_code_book() {
    let sandbox = corpus();
    let rows = lines(&sandbox.run(&["trend", "drift", "caseloads", "--json"]).out);
    let point = |row: &Value| {
        (
            row["series"].as_str().unwrap().to_owned(),
            row["period"].as_str().unwrap().to_owned(),
            row["occurrences"].as_u64(),
        )
    };
    let points: Vec<_> = rows.iter().map(point).collect();
    let of = |series: &str, period: &str, count| (series.to_owned(), period.to_owned(), Some(count));
    let expected = [
        of("drift", "2019", 3),
        of("drift", "2021", 1),
        of("caseloads", "2019", 3),
        of("caseloads", "2021", 2),
    ];
    assert_eq!(points, expected);
    assert_eq!((&rows[1]["reports"], &rows[1]["all_reports"]), (&1.into(), &2.into()));
    let quarters = lines(&sandbox.run(&["trend", "drift", "--by", "quarter", "--json"]).out);
    assert_eq!(
        quarters.iter().map(|row| row["period"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2019-Q1", "2021-Q2", "2021-Q4"]
    );
    // The last word is the folder, if there is one of that name.
    let folder = lines(&sandbox.run(&["trend", "drift", "ashcombe", "--json"]).out);
    assert_eq!(folder.last().unwrap()["all_reports"], 1);
    let forgotten = sandbox.run(&["trend", "ashcombe"]);
    assert_eq!(forgotten.code, 2);
    assert!(forgotten.err.contains("a query is missing"), "{}", forgotten.err);
    assert_eq!(sandbox.run(&["trend"]).code, 2);
    std::fs::write(
        sandbox.path("book.toml"),
        "[[query]]\nname = \"late\"\ntitle = \"Lateness\"\nquery = \"drift OR delay\"\n",
    )
    .unwrap();
    let book = sandbox.path("book.toml");
    let rows = lines(&sandbox.run(&["trend", "--codes", "--codebook", book.to_str().unwrap(), "--json"]).out);
    assert_eq!((rows[0]["series"].as_str(), rows[0]["occurrences"].as_u64()), (Some("Lateness"), Some(4)));
    let text = sandbox.run(&["trend", "drift", "caseloads"]).out;
    assert!(text.contains('█') && text.contains("2019"), "{text}");
}

#[test]
fn charts_are_svg_with_title_denominators_and_corpus() {
    let sandbox = corpus();
    let hash = lines(&sandbox.run(&["index", "status", "--json"]).out);
    sandbox.run(&["reports"]);
    let status = lines(&sandbox.run(&["index", "status", "--json"]).out);
    let hash = status.first().or(hash.first()).unwrap()["corpus_hash"].as_str().unwrap().to_owned();
    let file = sandbox.path("chart.svg");
    let path = file.to_str().unwrap();
    let runs: [(&[&str], &str, &str); 7] = [
        (&["trend", "drift"], "drift by year", "among 5 paragraphs of 3 reports"),
        (&["trend", "drift", "caseloads"], "drift, caseloads by year", "among 5 paragraphs"),
        (&["collocates", "caseloads", "--min-count", "1"], "Words near caseloads", "windows of 5 words"),
        (
            &["keywords", "--in", "date:2019", "--max-p", "1", "--min-count", "1"],
            "Keywords of date:2019",
            "there: the rest",
        ),
        (&["words"], "Words of *:*", "words in 5 paragraphs"),
        (&["kwic", "drift"], "Where reports have drift", "4 occurrences in 2 of 3 reports"),
        (&["themes", "--by", "year"], "Themes by year", "3 reports"),
    ];
    for (arguments, title, denominators) in runs {
        let ran = sandbox.run(&[arguments, &["--svg", path]].concat());
        assert!(ran.code < 2, "{arguments:?}: {}", ran.err);
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{arguments:?}");
        for text in [title, denominators, hash.as_str()] {
            assert!(svg.contains(text), "{arguments:?} lacks {text}: {svg}");
        }
        std::fs::remove_file(&file).unwrap();
    }
    let ran = sandbox.run(&["trend", "drift", "--svg", sandbox.path("no/such/folder.svg").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("could not be written") && ran.err.contains("help:"), "{}", ran.err);
    assert_eq!(sandbox.run(&["themes", "--svg", path]).code, 2);
}

#[test]
fn what_a_chart_says_cannot_break_out_of_it() {
    let sandbox = Sandbox::new();
    sandbox.put("a <b>&\u{9b}31m.txt", "Drift & \"delay\" <script>alert(1)</script>. Drift.\n");
    let file = sandbox.path("chart.svg");
    for arguments in [["kwic", "drift OR \"delay script\""], ["trend", "\"<script>\" OR drift"]] {
        let ran = sandbox.run(&[&arguments[..], &["--svg", file.to_str().unwrap()]].concat());
        assert!(ran.code < 2, "{}", ran.err);
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{9b}'), "{svg}");
    }
}

/// The page of the manual shows what the commands print. `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_manual_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = root.join("crates/quotable/ANALYSIS.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let sandbox = Sandbox::new();
    let index = sandbox.path("index");
    let (mut shown, mut commands) = (String::new(), 0);
    let mut blocks = text.split("```");
    shown.push_str(blocks.next().unwrap_or_default());
    while let (Some(block), after) = (blocks.next(), blocks.next().unwrap_or_default()) {
        let command = block.strip_prefix("text\n$ ").map(|rest| rest.lines().next().unwrap_or_default());
        shown.push_str("```");
        match command {
            None => shown.push_str(block),
            Some(command) => {
                let mut arguments = shell_words(command);
                assert_eq!(arguments.remove(0), "quotable");
                arguments.extend(["--index".to_owned(), index.to_str().unwrap().to_owned()]);
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let ran = sandbox.ended(in_folder(&sandbox, &root, &arguments));
                assert_eq!(ran.code, 0, "{command}: {}", ran.err);
                let lines: Vec<&str> = ran.out.lines().map(str::trim_end).collect();
                shown.push_str(&format!("text\n$ {command}\n{}\n", lines.join("\n")));
                commands += 1;
            }
        }
        shown.push_str("```");
        shown.push_str(after);
    }
    assert!(commands >= 5, "{commands} commands");
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(&page, &shown).unwrap();
    } else {
        assert_eq!(text, shown);
    }
}

/// The command in a folder; charts go into the sandbox.
fn in_folder(sandbox: &Sandbox, root: &Path, arguments: &[&str]) -> std::process::Command {
    let chart = sandbox.path("chart.svg");
    let mut arguments: Vec<&str> = arguments.to_vec();
    if let Some(at) = arguments.iter().position(|argument| *argument == "--svg") {
        arguments[at + 1] = chart.to_str().unwrap();
    }
    sandbox.command_in(root, &arguments)
}

/// The words of a command line, as a shell reads single quotation marks.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut any) = (Vec::new(), String::new(), false, false);
    for letter in line.chars() {
        match letter {
            '\'' => (quoted, any) = (!quoted, true),
            ' ' if !quoted => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            letter => word.push(letter),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

#[test]
fn examples_stand_beside_their_ids_with_a_citation() {
    let sandbox = corpus();
    let arguments = ["collocates", "caseloads", "--window", "2", "--min-count", "2"];
    let shown = sandbox.run(&arguments).out;
    let rows = lines(&sandbox.run(&[&arguments[..], &["--json"]].concat()).out);
    let example = &rows[0]["example"];
    assert_eq!((&example["id"], &example["keyword"]), (&rows[0]["examples"][0], &"caseloads".into()));
    assert_eq!(example["citation"]["path"], "ashcombe/2019.txt");
    assert!(shown.contains("high: High «caseloads» delay visits."), "{shown}");
    assert!(shown.contains(&format!("[{}]", rows[0]["examples"][0].as_str().unwrap())), "{shown}");
    let csv = sandbox.run(&[&arguments[..], &["--format", "csv"]].concat()).out;
    assert!(csv.lines().nth(1).unwrap().contains(",\"High \",caseloads,"), "{csv}");
    let markdown = sandbox.run(&[&arguments[..], &["--format", "markdown"]].concat()).out;
    assert!(markdown.contains("- high: High **caseloads** delay visits."), "{markdown}");
}

#[test]
fn keywords_of_both_parts() {
    let sandbox = corpus();
    let arguments =
        ["keywords", "--in", "date:2019", "--min-count", "1", "--min-reports", "1", "--max-p", "1"];
    let shown = sandbox.run(&[&arguments[..], &["--both"]].concat()).out;
    let (own, others) = shown.split_once("more frequent there").unwrap();
    assert!(own.contains("\ndrift ") && others.contains("\nfallen "), "{shown}");
    let rows = lines(&sandbox.run(&[&arguments[..], &["--both", "--json"]].concat()).out);
    let of = |word: &str| rows.iter().find(|row| row["words"] == word).unwrap();
    assert_eq!((&of("drift")["more_in"], &of("fallen")["more_in"]), (&"target".into(), &"reference".into()));
    assert!(of("fallen")["log_ratio"].as_f64().unwrap() < 0.0);
    assert_eq!((&of("fallen")["count"], &of("fallen")["reference_count"]), (&0.into(), &1.into()));
    assert!(!sandbox.run(&arguments).out.contains("more frequent there"));
}
