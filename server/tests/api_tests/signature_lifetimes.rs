//! For how long a signature is good, by its own time and by its key's.

use tallyport_storage::credentials;

use crate::support::{on_both_databases, until};

on_both_databases! {
    async fn signature_is_good_for_five_minutes_both_ways(app: TestApp) {
        let partner = app.partner("Shop").await;
        for (order, skew_s, status) in [("A-1", -301, 401), ("A-2", -300, 201), ("A-3", 300, 201), ("A-4", 301, 401)] {
            let mut signer = partner.signer(&*app.clock);
            signer.created_s += skew_s;
            let unsigned = app.payment(&partner, order, "1.00");
            let answer = app.send(unsigned.signed(&signer)).await;
            assert_eq!(answer.status, status, "{skew_s} {answer:?}");
            if status == 401 {
                answer.assert_problem(401, "signature_invalid");
                assert_eq!(answer.text("/server_time"), "2026-09-21T14:13:20.000Z");
            }
        }
    }

    async fn key_of_a_revoked_credential_signs_nothing_within_a_second(app: TestApp) {
        let partner = app.partner("Shop").await;
        assert_eq!(app.send(app.payment(&partner, "A-0", "1.00")).await.status, 201);
        let mut tx = app.services.db().begin_write().await.unwrap();
        credentials::revoke(&mut tx, partner.api_key.parse().unwrap(), partner.application_id, 1).await.unwrap();
        tx.commit().await.unwrap();
        let mut number = 0;
        until(async || {
            number += 1;
            app.send(app.payment(&partner, &format!("A-{number}"), "1.00")).await.status == 401
        })
        .await;
        assert_eq!(app.send(app.payment(&partner, "late", "1.00")).await.status, 401);
    }
}
