//! Looking: every member of the team may.

use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};
use tallyport_domain::movement::Movement;
use tallyport_domain::payment::Payment;
use tallyport_domain::{Currency, Environment};
use tallyport_storage::calls::{self, CallRecord};
use tallyport_storage::ledger::{AccountRecord, EntryRecord, StatementLine};
use tallyport_storage::{applications, events, fees, ledger, movements, payments};

use super::ObjectEvent;
use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::movements::MovementFilter;
use crate::payments::PaymentFilter;

/// More events and refunds than a person reads about one object.
const ROWS_OF_OBJECT_MAX: i64 = 200;

impl Services {
    /// A payment of one of the member's applications.
    pub async fn find_member_payment(&self, member: &Member, id: PaymentId) -> Result<Option<Payment>, ServiceError> {
        let Some(payment) = self.load_payment(id).await? else { return Ok(None) };
        Ok(self.sees(member, payment.asked.application_id).await?.then_some(payment))
    }

    /// The payments of one of the member's applications that the filter lets through, newest first.
    pub async fn list_member_payments(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
        filter: &PaymentFilter,
        before: Option<PaymentId>,
        limit: u32,
    ) -> Result<Vec<Payment>, ServiceError> {
        if !self.sees(member, application_id).await? {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        let limit = i64::from(limit);
        Ok(payments::list_filtered(&mut reader, application_id, environment, filter, before, limit).await?)
    }

    /// A refund, transfer, top-up or withdrawal of one of the member's applications.
    pub async fn find_member_movement(&self, member: &Member, id: ObjectId) -> Result<Option<Movement>, ServiceError> {
        let Some(movement) = self.load_movement(id).await? else { return Ok(None) };
        Ok(self.sees(member, movement.application_id).await?.then_some(movement))
    }

    /// The movements of one of the member's applications that the filter lets through, newest first.
    pub async fn list_member_movements(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
        filter: MovementFilter,
        before: Option<ObjectId>,
        limit: u32,
    ) -> Result<Vec<Movement>, ServiceError> {
        if !self.sees(member, application_id).await? {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        let limit = i64::from(limit);
        Ok(movements::list(&mut reader, application_id, environment, filter, before, limit).await?)
    }

    /// The newest refunds of a payment of one of the member's applications.
    pub async fn list_member_refunds(&self, member: &Member, of: PaymentId) -> Result<Vec<Movement>, ServiceError> {
        if self.find_member_payment(member, of).await?.is_none() {
            return Ok(Vec::new());
        }
        Ok(movements::list_refunds(&mut self.db().read().await?, of, ROWS_OF_OBJECT_MAX).await?)
    }

    /// What happened to a payment or movement of one of the member's applications, oldest first.
    pub async fn list_member_events(&self, member: &Member, of: ObjectId) -> Result<Vec<ObjectEvent>, ServiceError> {
        if !self.sees_object(member, of).await? {
            return Ok(Vec::new());
        }
        Ok(events::list_of_object(&mut self.db().read().await?, of, ROWS_OF_OBJECT_MAX).await?)
    }

    /// The calls that made and changed a payment of one of the member's applications, oldest first.
    pub async fn list_member_calls(&self, member: &Member, of: PaymentId) -> Result<Vec<CallRecord>, ServiceError> {
        let Some(payment) = self.find_member_payment(member, of).await? else { return Ok(Vec::new()) };
        Ok(calls::list_of_payment(&mut self.db().read().await?, &payment, ROWS_OF_OBJECT_MAX).await?)
    }

    /// What a payment or movement of one of the member's applications did to the accounts, posting by
    /// posting. Somebody else's has no entries that they may see.
    pub async fn member_entries(
        &self,
        member: &Member,
        of: ObjectId,
    ) -> Result<Option<Vec<EntryRecord>>, ServiceError> {
        if !self.sees_object(member, of).await? {
            return Ok(None);
        }
        let mut reader = self.db().read().await?;
        Ok(Some(ledger::entries_of_object(&mut reader, &of.to_string()).await?))
    }

    /// What one of the member's applications is charged, by currency.
    pub async fn list_member_fees(
        &self,
        member: &Member,
        application_id: AppId,
    ) -> Result<Vec<(Currency, Fee)>, ServiceError> {
        if !self.sees(member, application_id).await? {
            return Ok(Vec::new());
        }
        Ok(fees::list(&mut self.db().read().await?, application_id).await?)
    }

    /// What one of the member's applications has, by currency and purpose.
    pub async fn list_member_accounts(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
    ) -> Result<Vec<AccountRecord>, ServiceError> {
        if !self.sees(member, application_id).await? {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(ledger::accounts_of_application(&mut reader, application_id, environment).await?)
    }

    /// The lines of an account that [`Self::list_member_accounts`] gave, newest first, with numbers
    /// below `before`.
    pub async fn list_member_lines(
        &self,
        member: &Member,
        application_id: AppId,
        account: &AccountRecord,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<StatementLine>, ServiceError> {
        if !self.sees(member, application_id).await? {
            return Ok(Vec::new());
        }
        let mut reader = self.db().read().await?;
        Ok(ledger::lines_of_account(&mut reader, account, before, i64::from(limit)).await?)
    }

    async fn sees_object(&self, member: &Member, id: ObjectId) -> Result<bool, ServiceError> {
        Ok(match id {
            ObjectId::Payment(id) => self.find_member_payment(member, id).await?.is_some(),
            id => self.find_member_movement(member, id).await?.is_some(),
        })
    }

    async fn sees(&self, member: &Member, application_id: AppId) -> Result<bool, ServiceError> {
        let mut reader = self.db().read().await?;
        Ok(applications::find_of_member(&mut reader, application_id, member.developer_id).await?.is_some())
    }
}
