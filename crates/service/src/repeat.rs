//! Calls that are refused before they reach the books: a channel is down, a time has passed. The same call may have
//! been answered before that was so, and its caller, who may not have heard the answer, has to get it again.

use tallyport_domain::books::{Command, Keyed, Refusal};

use crate::Services;
use crate::payments::{CallAnswer, PaymentRefusal, answered};

impl Services {
    /// The first answer to the call if it has one, and otherwise the refusal. Either way the nonce of its signature
    /// is used up.
    pub(crate) async fn repeat_or(&self, keyed: Keyed, refusal: PaymentRefusal) -> Result<CallAnswer, PaymentRefusal> {
        if matches!(refusal, PaymentRefusal::Service(_)) {
            return Err(refusal);
        }
        match self.lane().enter()?.begin(Command::Repeat(Box::new(keyed))).await? {
            Err(Refusal::NothingToRepeat) => Err(refusal),
            repeated => answered(repeated?),
        }
    }
}
