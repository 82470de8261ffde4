//! The Chinese of what the OpenAPI document says about the first calls: who am I, how was I understood.

use super::reference_texts::Entry;

pub(super) const FRONT_DOOR: &[Entry] = &[
    ("Application", "应用"),
    ("Who you are here, and how your calls are understood.", "您在平台上的身份，以及平台如何理解您的调用。"),
    ("Get the application", "查询应用"),
    (
        "Who you are here: the application behind the token, what the token allows, and how often you may call. \
         Needs no scope; a good first call.",
        "您在平台上的身份：令牌所属的应用、令牌的权限，以及可以调用的频率。无需任何权限，适合作为第一次调用。",
    ),
    ("The application.", "应用对象。"),
    ("Always `application`.", "固定为 `application`。"),
    ("`sandbox` or `live`: where the token works.", "`sandbox` 或 `live`：令牌有效的环境。"),
    ("The name that its team gave it.", "团队为其取的名称。"),
    ("The credential that the token was issued to.", "令牌所属的密钥。"),
    ("What the token allows.", "令牌的权限。"),
    ("From where it may call; empty for everywhere.", "允许调用的来源网络；为空表示不限制。"),
    ("How many calls per second may read.", "每秒允许的读取类调用次数。"),
    ("How many calls per second may change something.", "每秒允许的写入类调用次数。"),
    ("How many calls that read may be made at once.", "可连续发起的读取类调用次数。"),
    ("How many calls that change something may be made at once.", "可连续发起的写入类调用次数。"),
    (
        "The plan that its limits come from; `null` when they are the platform's usual ones.",
        "限额所属的套餐；为 `null` 时采用平台的通用限额。",
    ),
    ("Echo a call", "回显调用"),
    (
        "Answers how a call was understood: who you are, the body as it was read, and whether your signature is \
         good – if it is not, why, and the text that had to be signed. Nothing is changed. Exists in the sandbox \
         only; signing is up to you.",
        "返回平台对此次调用的理解：您的身份、读取到的请求体，以及签名是否有效。若签名无效，会说明原因，并给出应签名的原文。\
         不会改变任何数据。仅存在于沙箱，是否签名由您决定。",
    ),
    ("The call as it was understood.", "平台所理解的调用。"),
    ("The body is not a JSON object that the API would read.", "请求体不是 API 可以读取的 JSON 对象。"),
    ("The token is missing or not valid.", "缺少令牌，或令牌无效。"),
    ("The call comes from a network that is not allowed.", "调用来自不被允许的网络。"),
    ("There is no such call in live.", "正式环境没有此接口。"),
    ("Always `echo`.", "固定为 `echo`。"),
    ("Always `sandbox`: this call does not exist in live.", "固定为 `sandbox`：正式环境没有此接口。"),
    ("The application that called.", "发起调用的应用。"),
    ("When the call arrived.", "调用到达的时间。"),
    ("The method.", "请求方法。"),
    ("The path.", "请求路径。"),
    ("What follows the question mark, if there is one.", "问号之后的内容（如有）。"),
    ("The key for repeating the call, if it came.", "用于重发的幂等键（如有）。"),
    ("The body as it was read.", "读取到的请求体。"),
    (
        "The signature, if the call was signed: whether it is `verified`, and if not, its `cause` as a stable word with an `explanation`; the `keyid` and `alg` that it names; and the `base`, the text that has to be signed for this very call, to be compared with yours.",
        "签名（如已签名）：`verified` 表示是否有效；若无效，`cause` 为固定的原因标识，`explanation` 为说明；`keyid` 与 `alg` 为签名\
         指明的密钥与算法；`base` 为此次调用应当签名的原文，供您与自己的原文比对。",
    ),
];
