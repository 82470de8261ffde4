//! Commands that share a batch: what one of them frees, another takes in the same breath.

use tallyport_domain::books::Command;
use tallyport_domain::channel::{ChannelAnswer, FailureCode};
use tallyport_domain::ids::PaymentId;
use tallyport_storage::both_databases;

use crate::ask::Ask;
use crate::by_hand::write_batch;
use crate::process::{BEGINNING_MS, Process, assert_books_are_whole};

both_databases! {
    async fn order_whose_payment_fails_is_paid_anew_in_the_same_batch(test: TestDb) {
        let caller = Process::start(test, 1).await.caller().await;
        let [failing, anew] = [1, 2].map(|number| PaymentId::from_parts(BEGINNING_MS, [number; 10]));
        let ask = Ask::dollar("A-1");
        write_batch(test, 1, &[Command::CreatePayment(Box::new(ask.command(&caller, failing)))]).await;

        let fails = Command::BookAnswer { payment: failing, answer: ChannelAnswer::Failed(FailureCode::Declined) };
        let paid_anew = Command::CreatePayment(Box::new(Ask { key: "again", ..ask }.command(&caller, anew)));
        write_batch(test, 2, &[fails, paid_anew]).await;

        for (id, status) in [(failing, "failed"), (anew, "processing")] {
            let query = format!("SELECT count(*) FROM payments WHERE id = '{id}' AND status = '{status}'");
            assert_eq!(test.number(&query).await, 1, "{status}");
        }
        assert_books_are_whole(test).await;
    }
}
