//! Traits that embedders rely on: handles cross threads, answers serialise.

use quotable::{
    CancelFlag, CountTable, Counts, Cursor, Error, Explanation, Facet, Failure, Groups, Hit, HitStream, Hits,
    Holder, Id, Index, IndexBuilder, Line, Lines, Moment, Provenance, Refresh, RefreshOptions, ReportCount,
    Search, SearchOptions, Selector, Snapshot, Source, Status, Writer,
};

fn shared<T: Send + Sync>() {}
fn sent<T: Send>() {}
fn data<T: serde::Serialize + serde::de::DeserializeOwned + Clone + Send + Sync>() {}

#[test]
fn handles_can_be_shared_between_threads() {
    shared::<Index>();
    shared::<IndexBuilder>();
    shared::<Snapshot>();
    shared::<Search>();
    shared::<Error>();
    shared::<CancelFlag>();
    shared::<RefreshOptions>();
    shared::<SearchOptions>();
    sent::<Writer>();
    sent::<HitStream>();
    sent::<Lines>();
}

#[test]
fn answers_can_be_serialised_and_cloned() {
    data::<CountTable>();
    data::<Counts>();
    data::<quotable::csl::Cite>();
    data::<quotable::csl::Item>();
    data::<Cursor>();
    data::<Explanation>();
    data::<Facet>();
    data::<Failure>();
    data::<Groups>();
    data::<Hit>();
    data::<Hits>();
    data::<Holder>();
    data::<Id>();
    data::<Line>();
    data::<Moment>();
    data::<Provenance>();
    data::<Refresh>();
    data::<ReportCount>();
    data::<Selector>();
    data::<Source>();
    data::<Status>();
    data::<quotable::GivenGrade>();
    data::<quotable::WordCount>();
}
