//! Texts of fees: what the platform charges applications for captures.

use tallyport_domain::fee::FeeFault;

/// Texts about fees.
pub(crate) struct FeeTexts {
    pub(crate) title: &'static str,
    /// For administrators.
    pub(crate) lead: &'static str,
    /// For the team.
    pub(crate) charged: &'static str,
    pub(crate) none: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) currency_hint: &'static str,
    pub(crate) percent: &'static str,
    pub(crate) percent_hint: &'static str,
    pub(crate) fixed: &'static str,
    pub(crate) fixed_hint: &'static str,
    pub(crate) set: &'static str,
    pub(crate) done: &'static str,
    fault_currency: &'static str,
    fault_percent: &'static str,
    fault_fixed: &'static str,
}

impl FeeTexts {
    /// The field that a fault is in, and what to say beside it.
    pub(crate) const fn fault(&self, fault: FeeFault) -> (&'static str, &'static str) {
        match fault {
            FeeFault::Currency => ("currency", self.fault_currency),
            FeeFault::Percent => ("percent", self.fault_percent),
            FeeFault::Fixed => ("fixed", self.fault_fixed),
        }
    }
}

pub(super) const EN: FeeTexts = FeeTexts {
    title: "Fees",
    lead: "What captures cost this application, in each environment. A change is in force for payments that are made from now on.",
    charged: "What captures cost. The share is rounded to the nearest minor unit, halves up; a fee is never more than what was captured, and a refund does not give it back.",
    none: "No fee is charged.",
    currency: "Currency",
    currency_hint: "Three capital letters, such as USD or CNY.",
    percent: "Share in percent",
    percent_hint: "Of what is captured: from 0 to 100, with at most two decimals.",
    fixed: "Fixed part per payment",
    fixed_hint: "An amount of the currency, such as 0.30. Zero in both fields ends the fee.",
    set: "Save the fee",
    done: "Saved",
    fault_currency: "Enter the three letters of a currency, such as USD.",
    fault_percent: "Enter a number from 0 to 100 with at most two decimals, such as 2.9.",
    fault_fixed: "Enter an amount with the decimals of the currency, such as 0.30 for USD.",
};

pub(super) const ZH: FeeTexts = FeeTexts {
    title: "手续费",
    lead: "此应用在每个环境中扣款时的手续费。更改对此后创建的支付生效。",
    charged: "扣款时收取的手续费。比例部分四舍五入到最小货币单位；手续费不会超过扣款金额，退款时不退还。",
    none: "不收手续费。",
    currency: "币种",
    currency_hint: "三个大写字母，例如 USD 或 CNY。",
    percent: "费率（%）",
    percent_hint: "按扣款金额的百分比，0 到 100，最多两位小数。",
    fixed: "每笔固定金额",
    fixed_hint: "按该币种填写金额，例如 0.30。两项都为零表示不再收取。",
    set: "保存手续费",
    done: "已保存",
    fault_currency: "请输入币种的三个字母，例如 USD。",
    fault_percent: "请输入 0 到 100 的数字，最多两位小数，例如 2.9。",
    fault_fixed: "请按该币种的小数位数输入金额，例如 USD 输入 0.30。",
};
