//! Texts of the pages that a payer sees.

use tallyport_domain::payment::{ActionKind, Method, Wallet};

/// Texts of a payer's pages.
pub(crate) struct PayerTexts {
    authenticate: &'static str,
    scan: &'static str,
    confirm_in_wallet: &'static str,
    transfer: &'static str,
    choose: &'static str,
    pub(crate) paid: &'static str,
    pub(crate) not_paid: &'static str,
    pub(crate) too_late: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) payee: &'static str,
    pub(crate) until: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) sandbox_note: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) refuse: &'static str,
    pub(crate) scan_text: &'static str,
    pub(crate) scan_picture: &'static str,
    pub(crate) open_wallet: &'static str,
    pub(crate) check: &'static str,
    pub(crate) other_device: &'static str,
    back: [&'static str; 2],
    test_card: &'static str,
    bank_transfer: &'static str,
    balance: &'static str,
    alipay: &'static str,
    wechat_pay: &'static str,
    cashier: &'static str,
    holder_wallet: &'static str,
}

impl PayerTexts {
    /// What the payer has to do.
    pub(crate) const fn action(&self, action: ActionKind) -> &'static str {
        match action {
            ActionKind::Authenticate => self.authenticate,
            ActionKind::Scan => self.scan,
            ActionKind::Confirm => self.confirm_in_wallet,
            ActionKind::Transfer => self.transfer,
            ActionKind::Choose => self.choose,
        }
    }

    /// With what is paid.
    pub(crate) const fn method(&self, method: Method) -> &'static str {
        match method {
            Method::Card(_) => self.test_card,
            Method::Wallet(Wallet::Alipay) => self.alipay,
            Method::Wallet(Wallet::WechatPay) => self.wechat_pay,
            Method::Wallet(Wallet::BankTransfer) => self.bank_transfer,
            Method::Wallet(Wallet::Balance) => self.balance,
            Method::Cashier => self.cashier,
            Method::HolderWallet => self.holder_wallet,
        }
    }

    /// The way back to a partner at this host.
    pub(crate) fn back_to(&self, host: &str) -> String {
        let [before, behind] = self.back;
        format!("{before}{host}{behind}")
    }
}

pub(super) const EN: PayerTexts = PayerTexts {
    authenticate: "Confirm that it is you",
    scan: "Scan to pay",
    confirm_in_wallet: "Confirm this payment",
    transfer: "Send the transfer",
    choose: "Choose how to pay",
    paid: "Payment made",
    not_paid: "Nothing was paid",
    too_late: "The time for this payment is over",
    waiting: "This payment is being worked on",
    payee: "You pay",
    until: "Act before",
    reference: "Reference",
    sandbox_note: "This is the sandbox: no bank and no wallet is asked, and no money moves. You decide what the payer does.",
    confirm: "Confirm and pay",
    refuse: "Refuse",
    scan_text: "Scan this code with a phone that reaches this address, and confirm there. Without one, open the wallet's page in a new tab.",
    scan_picture: "Code that leads to the wallet's page of this payment",
    open_wallet: "Open the wallet's page",
    check: "I have paid",
    other_device: "You may go back to the device that showed the code.",
    back: ["Back to ", ""],
    test_card: "Test card",
    bank_transfer: "Bank transfer",
    balance: "Balance",
    alipay: "Alipay",
    wechat_pay: "WeChat Pay",
    cashier: "Your choice",
    holder_wallet: "Your wallet",
};

pub(super) const ZH: PayerTexts = PayerTexts {
    authenticate: "请确认是您本人",
    scan: "扫码支付",
    confirm_in_wallet: "确认付款",
    transfer: "请转账付款",
    choose: "请选择支付方式",
    paid: "支付成功",
    not_paid: "未付款",
    too_late: "支付已超时",
    waiting: "支付处理中",
    payee: "收款方",
    until: "请于此时间前完成",
    reference: "转账附言",
    sandbox_note: "这里是沙箱：不会联系任何银行或钱包，也没有真实资金流动。由您来决定付款方怎么做。",
    confirm: "确认付款",
    refuse: "拒绝",
    scan_text: "请用能访问此地址的手机扫描二维码并在手机上确认；没有手机时，可在新标签页中打开钱包页面。",
    scan_picture: "指向这笔支付的钱包页面的二维码",
    open_wallet: "打开钱包页面",
    check: "我已付款",
    other_device: "您可以回到显示二维码的设备了。",
    back: ["返回 ", ""],
    test_card: "测试卡",
    bank_transfer: "银行转账",
    balance: "余额",
    alipay: "支付宝",
    wechat_pay: "微信支付",
    cashier: "由您选择",
    holder_wallet: "您的钱包",
};
