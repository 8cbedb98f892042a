"""The part of the Bot API that the emulator speaks, as data.

One line of words per method or object: ``name:type``. ``!`` after the name: required. Types: ``int``, ``str``,
``bool``, an object's name, ``[T]`` an array of T, ``A|B`` one of both. ``(1..64)`` bounds a number, a count or a
length in characters, ``(1..64b)`` a length in UTF-8 bytes. ``~word`` names a pattern of ``PATTERNS`` the whole value
has to match. Bounds that hold after entities are parsed are not here: see ``markup.py``.
"""

import re

_MARKUP = "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
_SEND = f"""
    business_connection_id:str chat_id!:int|str message_thread_id:int(1..) direct_messages_topic_id:int
    disable_notification:bool protect_content:bool allow_paid_broadcast:bool message_effect_id:str
    suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters reply_markup:{_MARKUP}
"""
_EDIT = "business_connection_id:str chat_id:int|str message_id:int(1..) inline_message_id:str"
_CAPTION = "caption:str parse_mode:str~parse_mode caption_entities:[MessageEntity](0..100)"
_PICTURE = f"{_CAPTION} show_caption_above_media:bool has_spoiler:bool"
_LANGUAGE = "language_code:str~language"

METHODS = {
    "getMe": "",
    "getFile": "file_id!:str",
    "getUpdates": "offset:int limit:int(1..100) timeout:int(0..) allowed_updates:[str~update]",
    "setWebhook": """
        url!:str certificate:InputFile ip_address:str max_connections:int(1..100) allowed_updates:[str~update]
        drop_pending_updates:bool secret_token:str(1..256)~secret
    """,
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": f"""
        {_SEND} text!:str parse_mode:str~parse_mode entities:[MessageEntity](0..100)
        link_preview_options:LinkPreviewOptions
    """,
    "sendPhoto": f"""
        {_SEND} photo!:InputFile|str caption:str parse_mode:str~parse_mode caption_entities:[MessageEntity](0..100)
        show_caption_above_media:bool has_spoiler:bool
    """,
    "sendDocument": f"""
        {_SEND} document!:InputFile|str thumbnail:InputFile|str caption:str parse_mode:str~parse_mode
        caption_entities:[MessageEntity](0..100) disable_content_type_detection:bool
    """,
    "editMessageText": f"""
        {_EDIT} text:str parse_mode:str~parse_mode entities:[MessageEntity](0..100)
        link_preview_options:LinkPreviewOptions rich_message:InputRichMessage reply_markup:InlineKeyboardMarkup
    """,
    "editMessageCaption": f"""
        {_EDIT} caption:str parse_mode:str~parse_mode caption_entities:[MessageEntity](0..100)
        show_caption_above_media:bool reply_markup:InlineKeyboardMarkup
    """,
    "editMessageMedia": f"{_EDIT} media!:InputMedia reply_markup:InlineKeyboardMarkup",
    "editMessageReplyMarkup": f"{_EDIT} reply_markup:InlineKeyboardMarkup",
    "deleteMessage": "chat_id!:int|str message_id!:int(1..)",
    "answerCallbackQuery": """
        callback_query_id!:str text:str(0..200) show_alert:bool url:str cache_time:int(0..)
    """,
    "setMyCommands": f"commands!:[BotCommand](0..100) scope:BotCommandScope {_LANGUAGE}",
    "getMyCommands": f"scope:BotCommandScope {_LANGUAGE}",
    "deleteMyCommands": f"scope:BotCommandScope {_LANGUAGE}",
    "setMyName": f"name:str(0..64) {_LANGUAGE}",
    "getMyName": _LANGUAGE,
    "setMyDescription": f"description:str(0..512) {_LANGUAGE}",
    "getMyDescription": _LANGUAGE,
    "setMyShortDescription": f"short_description:str(0..120) {_LANGUAGE}",
    "getMyShortDescription": _LANGUAGE,
    "getChat": "chat_id!:int|str",
    "getChatMember": "chat_id!:int|str user_id!:int(1..)",
    "getChatAdministrators": "chat_id!:int|str return_bots:bool",
    "getChatMemberCount": "chat_id!:int|str",
    "leaveChat": "chat_id!:int|str",
    "sendChatAction": "business_connection_id:str chat_id!:int|str message_thread_id:int(1..) action!:str~action",
    "setMessageReaction": "chat_id!:int|str message_id!:int(1..) reaction:[ReactionType](0..1) is_big:bool",
    "pinChatMessage": "business_connection_id:str chat_id!:int|str message_id!:int(1..) disable_notification:bool",
    "unpinChatMessage": "business_connection_id:str chat_id!:int|str message_id:int(1..)",
}

TYPES = {
    "InlineKeyboardMarkup": "inline_keyboard!:[[InlineKeyboardButton](1..8)](0..100)",
    "InlineKeyboardButton": """
        text!:str(1..64) icon_custom_emoji_id:str style:str~style url:str(1..2048)~link callback_data:str(1..64b)
        web_app:WebAppInfo login_url:LoginUrl switch_inline_query:str switch_inline_query_current_chat:str
        switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton
        callback_game:CallbackGame pay:bool
    """,
    "WebAppInfo": "url!:str~https",
    "LoginUrl": "url!:str~https forward_text:str bot_username:str request_write_access:bool",
    "SwitchInlineQueryChosenChat": """
        query:str allow_user_chats:bool allow_bot_chats:bool allow_group_chats:bool allow_channel_chats:bool
    """,
    "CopyTextButton": "text!:str(1..256)",
    "CallbackGame": "",
    "ReplyKeyboardMarkup": """
        keyboard!:[[KeyboardButton]] is_persistent:bool resize_keyboard:bool one_time_keyboard:bool
        input_field_placeholder:str(1..64) selective:bool
    """,
    "KeyboardButton": """
        text!:str(1..64) icon_custom_emoji_id:str style:str~style request_users:KeyboardButtonRequestUsers
        request_chat:KeyboardButtonRequestChat request_managed_bot:KeyboardButtonRequestManagedBot
        request_contact:bool request_location:bool request_poll:KeyboardButtonPollType web_app:WebAppInfo
    """,
    "ReplyKeyboardRemove": "remove_keyboard!:bool selective:bool",
    "ForceReply": "force_reply!:bool input_field_placeholder:str(1..64) selective:bool",
    "ReplyParameters": """
        message_id!:int(1..) chat_id:int|str allow_sending_without_reply:bool quote:str(0..1024)
        quote_parse_mode:str~parse_mode quote_entities:[MessageEntity] quote_position:int(0..)
        checklist_task_id:int poll_option_id:str
    """,
    "LinkPreviewOptions": """
        is_disabled:bool url:str prefer_small_media:bool prefer_large_media:bool show_above_text:bool
    """,
    "MessageEntity": """
        type!:str~entity offset!:int(0..) length!:int(1..) url:str user:User language:str custom_emoji_id:str
        unix_time:int date_time_format:str
    """,
    "User": """
        id!:int is_bot!:bool first_name!:str last_name:str username:str language_code:str is_premium:bool
        added_to_attachment_menu:bool can_join_groups:bool can_read_all_group_messages:bool
        supports_guest_queries:bool supports_inline_queries:bool can_connect_to_business:bool
        has_main_web_app:bool has_topics_enabled:bool allows_users_to_create_topics:bool can_manage_bots:bool
        supports_join_request_queries:bool
    """,
    "BotCommand": "command!:str(1..32)~command description!:str(1..256)",
    "BotCommandScopeDefault": "type!:str~default",
    "BotCommandScopeAllPrivateChats": "type!:str~all_private_chats",
    "BotCommandScopeAllGroupChats": "type!:str~all_group_chats",
    "BotCommandScopeAllChatAdministrators": "type!:str~all_chat_administrators",
    "BotCommandScopeChat": "type!:str~chat chat_id!:int|str",
    "BotCommandScopeChatAdministrators": "type!:str~chat_administrators chat_id!:int|str",
    "BotCommandScopeChatMember": "type!:str~chat_member chat_id!:int|str user_id!:int",
    "ReactionTypeEmoji": "type!:str~emoji emoji!:str~reaction",
    "ReactionTypeCustomEmoji": "type!:str~custom_emoji custom_emoji_id!:str",
    "ReactionTypePaid": "type!:str~paid",
    "InputMediaAnimation": f"""
        type!:str~animation media!:str thumbnail:str {_PICTURE} width:int duration:int height:int
    """,
    "InputMediaAudio": f"type!:str~audio media!:str thumbnail:str {_CAPTION} duration:int performer:str title:str",
    "InputMediaDocument": f"""
        type!:str~document media!:str thumbnail:str {_CAPTION} disable_content_type_detection:bool
    """,
    "InputMediaLivePhoto": f"type!:str~live_photo media!:str photo!:str {_PICTURE}",
    "InputMediaPhoto": f"type!:str~photo media!:str {_PICTURE}",
    "InputMediaVideo": f"""
        type!:str~video media!:str thumbnail:str cover:str start_timestamp:int {_PICTURE} width:int height:int
        duration:int supports_streaming:bool
    """,
}

VARIANTS = {
    "BotCommandScope": [
        "BotCommandScopeDefault",
        "BotCommandScopeAllPrivateChats",
        "BotCommandScopeAllGroupChats",
        "BotCommandScopeAllChatAdministrators",
        "BotCommandScopeChat",
        "BotCommandScopeChatAdministrators",
        "BotCommandScopeChatMember",
    ],
    "InputMedia": [
        "InputMediaAnimation",
        "InputMediaAudio",
        "InputMediaDocument",
        "InputMediaLivePhoto",
        "InputMediaPhoto",
        "InputMediaVideo",
    ],
    "ReactionType": ["ReactionTypeEmoji", "ReactionTypeCustomEmoji", "ReactionTypePaid"],
}
"""Objects that come in several kinds, told apart by their field ``type``."""

UPDATES = """
    message edited_message channel_post edited_channel_post business_connection business_message
    edited_business_message deleted_business_messages guest_message message_reaction message_reaction_count
    inline_query chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media poll
    poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot
""".split()

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds of updates that come only when they are asked for by name."""

ENTITIES = """
    mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler
    blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time
""".split()

ACTIONS = """
    typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note
""".split()

REACTIONS = """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳
    ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃
    🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷
    🤷‍♀ 😡
""".split()


def _one_of(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


PATTERNS = {
    "action": _one_of(ACTIONS),
    "command": "[a-z0-9_]+",
    "entity": _one_of(ENTITIES),
    "https": r"https://\S+",
    "language": "|[a-z]{2}",
    "link": r"(?:https?|tg)://\S+",
    "parse_mode": "HTML",
    "reaction": _one_of(REACTIONS),
    "secret": "[A-Za-z0-9_-]+",
    "style": "danger|success|primary",
    "update": _one_of(UPDATES),
}
"""A word that is not here stands for itself."""

NOT_EMULATED = {
    "business_connection_id",
    "direct_messages_topic_id",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "rich_message",
    "inline_message_id",
    "certificate",
    "ip_address",
}
"""Parameters that exist and that the emulator does not act on: using one is reported, not passed over."""

DESCRIPTIONS = {
    "BotCommand.command": "BOT_COMMAND_INVALID",
    "BotCommand.description": "BOT_COMMAND_DESCRIPTION_INVALID",
    "InlineKeyboardButton.callback_data": "BUTTON_DATA_INVALID",
    "InlineKeyboardButton.url": "BUTTON_URL_INVALID",
    "ReactionTypeEmoji.emoji": "REACTION_INVALID",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "setWebhook.secret_token": "secret token contains unallowed characters",
    "sendChatAction.action": "wrong parameter action in request",
}
"""What Telegram itself says where a bound or a pattern of the table does not hold."""
