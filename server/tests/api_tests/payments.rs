use crate::support::on_both_databases;

on_both_databases! {
    async fn payment_by_a_good_card_is_captured(app: TestApp) {
        let partner = app.partner("Shop").await;
        let answer = app.send(app.payment(&partner, "A-1001", "100.00")).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
}
