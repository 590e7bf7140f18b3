//! Prints the ten best hits as JSON lines, with the documented fields of the command's `search --format jsonl`.
//!
//! ```sh
//! cargo run -p quotable-examples --bin top_as_json -- corpus/reports 'unallocated'
//! ```
use std::error::Error;
use std::io::{Write as _, stdout};

use quotable::Index;
use quotable::export::hit::{HitInContext, HitOptions, HitRecord};
use quotable::export::jsonl::{self, Versioned};
use quotable::query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "corpus/reports".to_owned());
    let query: Query = args.next().unwrap_or_else(|| "unallocated".to_owned()).parse()?;

    let index = Index::in_memory()?;
    index.refresh(folder)?;
    let search = index.search(&query)?;
    let provenance = search.provenance();
    let options = HitOptions::default().complete(&provenance);
    let mut out = stdout().lock();
    for hit in &search.top(10)?.hits {
        // A record is a type with public fields: read them, or serialise it with any format of serde.
        let record = HitRecord::new(&HitInContext::new(hit), &options);
        jsonl::write(&mut out, &Versioned::of(record, &provenance))?;
    }
    Ok(out.flush()?)
}
