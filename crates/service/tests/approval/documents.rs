//! Papers: what is taken, how it is kept, and who gets it back.

use tallyport_domain::approval::{DOCUMENT_BYTES_MAX, DOCUMENTS_MAX, DocumentFault, DocumentType};
use tallyport_service::approval::ApprovalRefusal;
use tallyport_storage::both_databases;

use crate::shop::{PDF, Shop};

fn pdf(number: usize) -> Vec<u8> {
    format!("%PDF-1.7\n% {number}\n%%EOF\n").into_bytes()
}

fn fault<T: std::fmt::Debug>(refusal: Result<T, ApprovalRefusal>) -> DocumentFault {
    match refusal {
        Err(ApprovalRefusal::Document(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

both_databases! {
    async fn a_document_comes_back_as_it_was_and_lies_sealed(test: TestDb) {
        let shop = Shop::on(test).await;
        let id = shop.services.add_document(&shop.owner, shop.id, "../营业执照.html", PDF).await.unwrap();
        let content = shop.services.open_document(&shop.owner, id).await.unwrap().unwrap();
        assert_eq!((&content.bytes[..], content.document.kind), (PDF, DocumentType::Pdf));
        assert_eq!(content.document.name, "营业执照.pdf");
        let plain = "SELECT count(*) FROM documents WHERE sealed = CAST('%PDF' AS ";
        let kind = if test.url.to_string().starts_with("postgres") { "BYTEA)" } else { "BLOB)" };
        assert_eq!(test.number(&format!("{plain}{kind}")).await, 0);
        let mut reader = shop.services.db().read().await.unwrap();
        let sealed = tallyport_storage::approval::documents::find_sealed(&mut reader, id).await.unwrap().unwrap();
        assert!(!sealed.windows(8).any(|window| window == &PDF[..8]));
    }

    async fn what_only_calls_itself_a_document_is_refused(test: TestDb) {
        let shop = Shop::on(test).await;
        let large = [b"%PDF-1.7\n".as_slice(), &vec![b' '; DOCUMENT_BYTES_MAX], b"%%EOF"].concat();
        for (name, bytes, expected) in [
            ("licence.pdf", &b"<!DOCTYPE html><script>alert(1)</script>"[..], DocumentFault::Type),
            ("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", DocumentFault::Type),
            ("both.pdf", b"%PDF-1.7\n%%EOF\n<html><script>alert(1)</script></html>", DocumentFault::Type),
            ("both.pdf", b"<html><!--%PDF-1.7\n--><script>alert(1)</script><!--\n%%EOF", DocumentFault::Type),
            ("photo.jpg", b"\xff\xd8\xff\xe0\xff\xd9PK\x03\x04", DocumentFault::Type),
            ("empty.pdf", b"", DocumentFault::Empty),
            ("large.pdf", &large, DocumentFault::TooLarge),
        ] {
            let refusal = shop.services.add_document(&shop.owner, shop.id, name, bytes).await;
            assert_eq!(fault(refusal), expected, "{name}");
        }
        assert_eq!(test.number("SELECT count(*) FROM documents").await, 0);
    }

    async fn there_are_so_many_documents_and_each_once(test: TestDb) {
        let shop = Shop::on(test).await;
        for number in 0..DOCUMENTS_MAX {
            shop.services.add_document(&shop.owner, shop.id, "a.pdf", &pdf(number)).await.unwrap();
        }
        let again = shop.services.add_document(&shop.owner, shop.id, "other.pdf", &pdf(3)).await;
        assert_eq!(fault(again), DocumentFault::Twice);
        let more = shop.services.add_document(&shop.owner, shop.id, "a.pdf", &pdf(DOCUMENTS_MAX)).await;
        assert_eq!(fault(more), DocumentFault::TooMany);
    }

    async fn documents_have_a_size_together(test: TestDb) {
        let shop = Shop::on(test).await;
        let large = |number: usize| {
            let mut bytes = pdf(number);
            bytes.resize(DOCUMENT_BYTES_MAX, b'\n');
            bytes
        };
        for number in 0..4 {
            shop.services.add_document(&shop.owner, shop.id, "a.pdf", &large(number)).await.unwrap();
        }
        let more = shop.services.add_document(&shop.owner, shop.id, "a.pdf", PDF).await;
        assert_eq!(fault(more), DocumentFault::TooLargeTogether);
    }

    async fn a_document_that_was_submitted_outlives_its_removal_from_the_draft(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments").await;
        let first = shop.view().await.documents[0].id;
        shop.services.withdraw_submission(&shop.owner, shop.id).await.unwrap();
        let second = shop.services.add_document(&shop.owner, shop.id, "b.pdf", &pdf(2)).await.unwrap();
        shop.services.remove_document(&shop.owner, shop.id, first).await.unwrap();
        shop.services.remove_document(&shop.owner, shop.id, second).await.unwrap();
        let twice = shop.services.remove_document(&shop.owner, shop.id, second).await;
        assert!(matches!(twice, Err(ApprovalRefusal::Unknown)), "{twice:?}");
        assert_eq!(shop.view().await.documents, []);
        assert!(shop.services.open_document(&shop.owner, first).await.unwrap().is_some());
        assert!(shop.services.open_document(&shop.owner, second).await.unwrap().is_none());
    }

    async fn a_document_of_another_application_cannot_be_removed(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.add_paper().await;
        let document = shop.view().await.documents[0].id;
        let other = shop.services.make_application(&shop.owner, "Second").await.unwrap().application.id;
        let refusal = shop.services.remove_document(&shop.owner, other, document).await;
        assert!(matches!(refusal, Err(ApprovalRefusal::Unknown)), "{refusal:?}");
        assert_eq!(shop.view().await.documents.len(), 1);
    }
}
