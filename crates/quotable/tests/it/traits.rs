//! What embedders rely on of every public type.

use quotable::{
    CancelFlag, Counts, Cursor, Error, Every, Failure, Hit, Hits, Holder, Id, Index, IndexBuilder, Moment,
    Refresh, RefreshOptions, ReportCount, Search, SearchOptions, Snapshot, Source, Status, Writer,
};

fn shared<T: Send + Sync>() {}
fn sent<T: Send>() {}
fn data<T: serde::Serialize + serde::de::DeserializeOwned + Clone + Send + Sync>() {}

#[test]
fn handles_are_shared_between_threads() {
    shared::<Index>();
    shared::<IndexBuilder>();
    shared::<Snapshot>();
    shared::<Search>();
    shared::<Error>();
    shared::<CancelFlag>();
    shared::<RefreshOptions>();
    shared::<SearchOptions>();
    sent::<Writer>();
    sent::<Every>();
}

#[test]
fn answers_are_data() {
    data::<Counts>();
    data::<Cursor>();
    data::<Failure>();
    data::<Hit>();
    data::<Hits>();
    data::<Holder>();
    data::<Id>();
    data::<Moment>();
    data::<Refresh>();
    data::<ReportCount>();
    data::<Source>();
    data::<Status>();
}
