//! The power goes. Everything that the program writes and syncs is recorded; then disks are rebuilt as
//! they may be at any moment, with what was not synced lost, torn or in part there. Each opens, is sound,
//! and holds every payment that was acknowledged before that moment.
//!
//! The long form rebuilds a thousand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tallyport_sdk::Client;
use tallyport_service::ports::{Clock as _, SystemClock};
use tallyport_storage::integrity::integrity;

use crate::partner::{Partner, key_variable, open, pay};
use crate::program::{Server, until};
use crate::recording::{CALLS, Files, Recording};

/// So many by one client, each a batch of its own, let the lane copy the log into the file behind the last of them.
const PAYMENTS_UNTIL_COPIED: usize = 64;
const CLIENTS: usize = 4;
/// Enough for another copy while they pay. SQLite syncs what it copied only when nobody wrote meanwhile.
const PAYMENTS_PER_CLIENT: usize = 25;
const FILE: &str = "tallyport.db";
const LOG: &str = "tallyport.db-wal";

fn states() -> u64 {
    if std::env::var_os("TALLYPORT_TEST_DEEP").is_some() { 1_000 } else { 24 }
}

/// A payment, and by when its client had heard of it.
struct Heard {
    order_id: String,
    at_ms: i64,
}

#[tokio::test]
async fn power_that_goes_at_any_moment_takes_no_acknowledged_payment() {
    let ground = tempfile::tempdir().unwrap();
    let folder = ground.path().join("data");
    fs::create_dir(&folder).unwrap();
    let partner = Partner::of_file(&folder.join(FILE)).await;
    let before = read_files(&folder);
    assert_eq!(before.keys().collect::<Vec<_>>(), [FILE], "a closed database is one file");

    let trace = ground.path().join("trace");
    let heard = record(&partner, &folder, &trace).await;
    let recording = Recording::read(&fs::read_to_string(&trace).unwrap(), &folder, before);
    assert!(recording.syncs_of(LOG) > PAYMENTS_UNTIL_COPIED, "the program syncs what it acknowledges");
    assert!(recording.syncs_of(FILE) > 1, "the log is copied beside the lane, and at the end");
    assert!(recording.beginnings_of(LOG) > 1, "the log begins anew");
    let (mut acknowledged_in_all, mut seed) = (0, 0);
    for state in 0..states() {
        let mut draw = |below: u64| {
            seed += 1;
            split_mix(seed) % below
        };
        let moments = u64::try_from(recording.moments()).unwrap();
        let moment = usize::try_from(draw(moments)).unwrap();
        let disk = ground.path().join("disk");
        write_files(&disk, &recording.disk_at(moment, &mut draw));
        let acknowledged: Vec<&str> = heard
            .iter()
            .filter(|heard| recording.time_ms(moment).is_none_or(|time_ms| heard.at_ms < time_ms))
            .map(|heard| heard.order_id.as_str())
            .collect();
        acknowledged_in_all += acknowledged.len();
        let db = open(&disk.join(FILE)).await;
        assert_eq!(integrity(&db).await, "ok", "state {state} at moment {moment}");
        partner.check(&db, acknowledged).await;
        db.close().await;
        fs::remove_dir_all(&disk).unwrap();
    }
    println!(
        "{} states of {} moments, the log synced {} times, begun {} times and copied {} times: each is sound, \
         {acknowledged_in_all} acknowledged payments found",
        states(),
        recording.moments(),
        recording.syncs_of(LOG),
        recording.beginnings_of(LOG),
        recording.syncs_of(FILE),
    );
    assert!(acknowledged_in_all > 0);
}

/// Loads a server that is watched, ends it in peace, and returns what its clients heard.
async fn record(partner: &Partner, folder: &Path, trace: &Path) -> Vec<Heard> {
    let (name, key) = key_variable();
    let url = format!("sqlite:{}", folder.join(FILE).display());
    let variables = [(name, key.as_str()), ("TALLYPORT_DATABASE_URL", url.as_str())];
    let trace_text = trace.to_str().unwrap();
    let watching = ["-ttt", "-y", "-xx", "-s", "1000000", "-e", CALLS, "-o", trace_text];
    let mut server = Server::start_traced(&watching, &variables);
    let client = Arc::new(partner.client(&server));
    let mut heard = pay_in_turn(&client, "first", PAYMENTS_UNTIL_COPIED).await;
    until(|| so_far(trace, folder).syncs_of(FILE) > 0);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { pay_in_turn(&client, &number.to_string(), PAYMENTS_PER_CLIENT).await })
        })
        .collect();
    for client in clients {
        heard.extend(client.await.unwrap());
    }
    server.signal("TERM");
    assert!(server.wait().success());
    until(|| fs::read_to_string(trace).unwrap().trim_end().ends_with("+++ exited with 0 +++"));
    heard
}

async fn pay_in_turn(client: &Client, name: &str, count: usize) -> Vec<Heard> {
    let mut heard = Vec::new();
    for index in 0..count {
        let order_id = format!("power-{name}-{index}");
        pay(client, order_id.clone()).await.unwrap();
        // A whole millisecond later than it may have been, so that no moment counts as too late.
        heard.push(Heard { order_id, at_ms: SystemClock.now_ms() + 1 });
    }
    heard
}

/// What is recorded by now, in whole lines.
fn so_far(trace: &Path, folder: &Path) -> Recording {
    let text = fs::read_to_string(trace).unwrap();
    let (lines, _) = text.rsplit_once('\n').unwrap_or_default();
    Recording::read(lines, folder, Files::new())
}

fn read_files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
}

fn write_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    fs::create_dir(folder).unwrap();
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
}

/// SplitMix64: a seed is a history.
const fn split_mix(seed: u64) -> u64 {
    let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
