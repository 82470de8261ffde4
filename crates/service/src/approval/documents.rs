//! Papers that belong to a submission: taken by what their bytes are, sealed, and given out again only
//! to the team and, once submitted, to administrators.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;
use tallyport_domain::Role;
use tallyport_domain::approval::{
    APPLICATION_BYTES_MAX, DOCUMENTS_MAX, DocumentFault, SUBMISSION_BYTES_MAX, clean_name, recognise,
};
use tallyport_domain::ids::{AppId, DocumentId};
use tallyport_domain::team::Power;
use tallyport_storage::applications;
use tallyport_storage::approval::documents::{self, DocumentRecord};
use zeroize::Zeroizing;

use super::refusal::ApprovalRefusal;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::ports::random_bytes;
use crate::secrets::Place;

/// A document with what is in it.
pub struct DocumentContent {
    /// What is known about it.
    pub document: DocumentRecord,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for DocumentContent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("DocumentContent").field("id", &self.document.id).finish_non_exhaustive()
    }
}

fn place(id: &str) -> Place<'_> {
    Place { table: "documents", column: "sealed", row: id }
}

impl Services {
    /// Whether the person may add documents to the application's draft now: asked before megabytes are read.
    pub async fn may_add_document(&self, member: &Member, id: AppId) -> Result<(), ApprovalRefusal> {
        self.application_for(&mut self.db().read().await?, member, id, Power::Develop).await?;
        Ok(())
    }

    /// Adds a document to the draft. Its name is what the browser called it.
    pub async fn add_document(
        &self,
        member: &Member,
        id: AppId,
        name: &str,
        bytes: &[u8],
    ) -> Result<DocumentId, ApprovalRefusal> {
        let kind = recognise(bytes)?;
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest(&SHA256, bytes).as_ref());
        let size_bytes = bytes.len() as u64;
        let document_id = DocumentId::from_parts(self.clock().now_ms(), random_bytes(self.randomness()));
        // Sealed before the transaction, which others wait for.
        let sealed = self.vault().seal(place(&document_id.to_string()), bytes, self.randomness());

        let mut scene = self.scene_of_team(member, id, Power::Develop).await?;
        let draft = self.draft(&mut scene).await?;
        let there = documents::list(&mut scene.tx, id, draft.version).await?;
        if there.iter().any(|document| document.sha256 == sha256) {
            return Err(DocumentFault::Twice.into());
        }
        if there.len() >= DOCUMENTS_MAX {
            return Err(DocumentFault::TooMany.into());
        }
        let together: u64 = there.iter().map(|document| document.size_bytes).sum();
        let kept = documents::total_bytes(&mut scene.tx, id).await?;
        if together + size_bytes > SUBMISSION_BYTES_MAX || kept + size_bytes > APPLICATION_BYTES_MAX {
            return Err(DocumentFault::TooLargeTogether.into());
        }
        let document = DocumentRecord {
            id: document_id,
            application_id: id,
            name: clean_name(name, kind),
            kind,
            size_bytes,
            sha256,
            uploaded_by: member.developer_id,
            created_at_ms: scene.now_ms,
        };
        documents::insert(&mut scene.tx, &document, &sealed).await?;
        documents::attach(&mut scene.tx, id, draft.version, document_id).await?;
        let detail = json!({ "document": document_id.to_string(), "name": document.name, "bytes": size_bytes });
        let deed = Deed { action: "approval.document_added", object: id.to_string(), detail };
        self.record(&mut scene.tx, &Actor::person(member), deed).await?;
        scene.tx.commit().await?;
        Ok(document_id)
    }

    /// Takes a document out of the draft. Versions that were submitted with it keep it.
    pub async fn remove_document(
        &self,
        member: &Member,
        id: AppId,
        document_id: DocumentId,
    ) -> Result<(), ApprovalRefusal> {
        let mut scene = self.scene_of_team(member, id, Power::Develop).await?;
        let draft = self.draft(&mut scene).await?;
        if !documents::detach(&mut scene.tx, id, draft.version, document_id).await? {
            return Err(ApprovalRefusal::Unknown);
        }
        let detail = json!({ "document": document_id.to_string() });
        let deed = Deed { action: "approval.document_removed", object: id.to_string(), detail };
        self.record(&mut scene.tx, &Actor::person(member), deed).await?;
        scene.tx.commit().await?;
        Ok(())
    }

    /// A document for somebody of the team, or for an administrator once it was submitted.
    pub async fn open_document(
        &self,
        member: &Member,
        id: DocumentId,
    ) -> Result<Option<DocumentContent>, ServiceError> {
        let mut reader = self.db().read().await?;
        let Some((document, was_submitted)) = documents::find(&mut reader, id).await? else { return Ok(None) };
        let own = applications::find_of_member(&mut reader, document.application_id, member.developer_id).await?;
        let may_review = member.role == Role::Administrator && was_submitted;
        if own.is_none() && !may_review {
            return Ok(None);
        }
        let Some(sealed) = documents::find_sealed(&mut reader, id).await? else { return Ok(None) };
        drop(reader);
        let bytes = self.open(place(&id.to_string()), &sealed).await?;
        Ok(Some(DocumentContent { document, bytes }))
    }
}
