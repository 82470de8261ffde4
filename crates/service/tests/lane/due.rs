//! Objects whose time has come hold up no others: neither by a channel that is slow to answer, nor by what cannot be
//! done for them.

use std::sync::Arc;

use tallyport_domain::Money;
use tallyport_domain::books::{Command, MovementAsked};
use tallyport_domain::channel::{Channel, SandboxOutcome};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::Metadata;
use tallyport_service::Caller;
use tallyport_service::movements::MovementRequest;
use tallyport_service::payments::{Call, PaymentRequest};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;

use crate::ask::{Ask, caller_of};
use crate::by_hand::write_batch;
use crate::process::{BEGINNING_MS, Process, assert_books_are_whole, captured, until};

/// Asked one after the other, so many channels would keep a worker for minutes.
const LATE: i64 = 200;
const LEASE_MS: i64 = 30_000;

/// Puts a dollar in by a bank that answers late.
async fn top_up_late(process: &Process, caller: &Caller, number: i64) {
    let call = Call { key: format!("late-{number}").parse().unwrap(), body: "{}".to_owned(), nonce: None };
    let request = MovementRequest {
        asked: MovementAsked::TopUp { channel: Channel::SandboxBank },
        amount: Some(Money::from_minor(100, "USD".parse().unwrap())),
        description: None,
        metadata: Metadata::default(),
        sandbox_outcome: Some(SandboxOutcome::AnswersLate),
        call,
    };
    process.services.make_movement(caller, request).await.unwrap();
}

/// A payment whose channel is asked by whoever takes it up when its maker's lease is over.
async fn leave_payment(test: &TestDb, caller: &Caller, number: u8) -> PaymentId {
    let id = PaymentId::from_parts(BEGINNING_MS, [number; 10]);
    let command = Command::CreatePayment(Box::new(Ask::dollar(&format!("A-{number}")).command(caller, id)));
    write_batch(test, number, &[command]).await;
    id
}

both_databases! {
    async fn channels_that_answer_late_keep_nobody_else_waiting(test: TestDb) {
        // Of an hour before, so that they are all taken up before anything else.
        let before = Process::idle_at(test, 1, BEGINNING_MS - 3_600_000).await;
        let member = before.member().await;
        let [slow, other] = [
            caller_of(&before.services.make_application(&member, "Slow").await.unwrap()),
            caller_of(&before.services.make_application(&member, "Other").await.unwrap()),
        ];
        for number in 0..LATE {
            top_up_late(&before, &slow, number).await;
        }
        leave_payment(test, &other, 1).await;

        let process = Process::start_at(test, 2, BEGINNING_MS + LEASE_MS).await;
        until(async || captured(test).await == 1).await;
        // A drain is not kept waiting by one after the other either, and brings all to their end.
        until(async || test.number("SELECT count(*) FROM due_work WHERE attempts = 0").await == 0).await;
        process.services.drain().await;
        assert_eq!(test.number("SELECT count(*) FROM movements WHERE status = 'succeeded'").await, LATE);
        assert_books_are_whole(test).await;
    }

    async fn more_than_one_application_may_have_under_way_come_to_their_end_in_time(test: TestDb) {
        const MANY: i64 = 300;
        let before = Process::idle_at(test, 1, BEGINNING_MS - 3_600_000).await;
        let slow = before.caller().await;
        for number in 0..MANY {
            top_up_late(&before, &slow, number).await;
        }
        // Those beyond its share are put off, and whoever comes by later takes them up.
        for (process, at_ms) in [(2, BEGINNING_MS), (3, BEGINNING_MS + LEASE_MS)] {
            let process = Process::start_at(test, process, at_ms).await;
            until(async || test.number("SELECT count(*) FROM due_work WHERE attempts = 0").await == 0).await;
            until(async || test.number(&format!("SELECT count(*) FROM due_work WHERE due_at_ms <= {at_ms}")).await == 0)
                .await;
            process.services.drain().await;
        }
        assert_eq!(test.number("SELECT count(*) FROM movements WHERE status = 'succeeded'").await, MANY);
        assert_books_are_whole(test).await;
    }

    async fn object_that_cannot_be_read_keeps_nothing_else_from_its_end(test: TestDb) {
        let caller = Process::idle_at(test, 1, BEGINNING_MS).await.caller().await;
        let spoiled = leave_payment(test, &caller, 1).await;
        leave_payment(test, &caller, 2).await;
        test.execute(&format!("UPDATE payments SET scene = 'nowhere' WHERE id = '{spoiled}'")).await;
        test.execute("INSERT INTO due_work (object_id, attempts, due_at_ms) VALUES ('nothing', 0, 0)").await;

        let process = Process::idle_at(test, 2, BEGINNING_MS + LEASE_MS).await;
        assert_eq!(process.services.do_due_work().await.unwrap(), 2);
        assert_eq!(captured(test).await, 1);
    }
}

/// Counts over all tests of this program.
fn contradictions(recorder: &metrics_exporter_prometheus::PrometheusHandle) -> Option<u64> {
    let name = "tallyport_channel_contradictions_total ";
    recorder.render().lines().find_map(|line| line.strip_prefix(name)?.parse().ok())
}

/// Ends what is under way as if nobody had heard from its channel. `false` when the channel was faster.
async fn end_silently(test: &TestDb, table: &str) -> bool {
    let failed = "status = 'failed' AND failure_code = 'channel_silent'";
    test.execute(&format!(
        "UPDATE {table} SET status = 'failed', failure_code = 'channel_silent' WHERE status = 'processing'"
    ))
    .await;
    test.number(&format!("SELECT count(*) FROM {table} WHERE {failed}")).await > 0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channel_that_contradicts_the_end_of_an_object_is_told_of() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().unwrap();
    let test = TestDb::sqlite().await;
    let process = Arc::new(Process::idle_at(&test, 1, BEGINNING_MS).await);
    let caller = process.caller().await;

    for number in 0.. {
        let (at_work, payer) = (Arc::clone(&process), caller.clone());
        let asked = tokio::spawn(async move {
            let order = format!("A-{number}");
            let outcome = Some(SandboxOutcome::AnswersLate);
            let request = PaymentRequest { sandbox_outcome: outcome, ..Ask::dollar(&order).request() };
            at_work.services.create_payment(&payer, request).await.unwrap()
        });
        until(async || test.number("SELECT count(*) FROM payments").await == number + 1).await;
        let was_in_time = end_silently(&test, "payments").await;
        let answer = asked.await.unwrap();
        assert_eq!(answer.body.contains("\"status\":\"failed\""), was_in_time, "{answer:?}");
        if was_in_time {
            break;
        }
    }
    assert_eq!(contradictions(&recorder), Some(1));

    // Mostly it is ended while its channel is waited for, and sometimes before that is asked.
    let told = async |number| {
        top_up_late(&process, &caller, number).await;
        let at_work = Arc::clone(&process);
        let asking = tokio::spawn(async move { at_work.services.do_due_work().await.unwrap() });
        until(async || test.number("SELECT max(attempts) FROM due_work").await == 1).await;
        end_silently(&test, "movements").await;
        asking.await.unwrap();
        test.execute("DELETE FROM due_work").await;
        contradictions(&recorder) == Some(2)
    };
    for number in 0..50 {
        if told(number).await {
            return;
        }
    }
    panic!("a movement's contradiction is never told of");
}
