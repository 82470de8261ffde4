//! Objects whose time has come hold up no others: neither by a channel that is slow to answer, nor by what cannot be
//! done for them.

use tallyport_domain::Money;
use tallyport_domain::books::{Command, MovementAsked};
use tallyport_domain::channel::{Channel, SandboxOutcome};
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::Metadata;
use tallyport_service::Caller;
use tallyport_service::movements::MovementRequest;
use tallyport_service::payments::Call;
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
