"""What columns are called in the languages of people who keep such lists, beside English and Chinese.

German, French, Spanish, Italian, Portuguese, Dutch, Russian, Turkish and Japanese; Chinese characters in their simplified form,
into which every title is brought.
"""

CLIENT = (
    *("kunde", "kundenname", "mandant", "vollständiger name", "nom complet", "nom du client", "raison sociale"),
    *("cliente", "nombre completo", "nombre del cliente", "nombre y apellidos", "razón social", "nome completo"),
    *(
        "nominativo",
        "ragione sociale",
        "nome do cliente",
        "razão social",
        "klant",
        "klantnaam",
        "volledige naam",
        "naam",
    ),
    *("клиент", "имя клиента", "фио", "полное имя", "наименование", "ad soyad", "müşteri", "müşteri adı"),
    *("氏名", "お名前", "顾客名", "顧客名", "お客様名"),
)
COMPANY = (
    *("company", "organisation", "organization", "legal name", "legal entity", "entity name", "firm", "institution"),
    *(
        "firma",
        "unternehmen",
        "empresa",
        "entreprise",
        "société",
        "azienda",
        "компания",
        "公司",
        "公司名称",
        "企业名称",
    ),
    *("机构名称", "会社名", "contact person", "contact name", "联系人", "nickname", "昵称"),
)
FIRST_NAME = (
    *("vorname", "prénom", "nombre", "nombres", "nome", "voornaam", "имя", "adı"),
    "primeiro nome",
)
LAST_NAME = (
    *("nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos", "cognome", "sobrenome"),
    *("apelido", "achternaam", "фамилия", "soyadı"),
)
EMAIL = (
    *("e-mail-adresse", "mailadresse", "adresse e-mail", "adresse mail", "adresse électronique", "courriel"),
    *("correo", "correo electrónico", "indirizzo e-mail", "posta elettronica", "endereço de e-mail", "e-mailadres"),
    *("почта", "эл. почта", "электронная почта", "адрес эл. почты", "e-posta", "メール", "メールアドレス"),
)
PHONE = (
    *("telefonnummer", "handy", "handynummer", "mobil", "mobiltelefon", "mobilnummer", "rufnummer", "festnetz"),
    *("portable", "mobile", "numéro de téléphone", "tél", "móvil", "celular", "número de teléfono", "telefono"),
    *("cellulare", "numero di telefono", "telefone", "telemóvel", "número de telefone", "telefoonnummer", "mobiel"),
    *("телефон", "номер телефона", "мобильный", "мобильный телефон", "cep telefonu", "携帯", "携帯電話", "携带电话"),
)
COUNTRY = ("land", "wohnsitzland", "pays", "país", "paese", "страна", "ülke", "国")
LANGUAGE = ("sprache", "langue", "idioma", "lingua", "taal", "язык", "dil", "言语")
TIME_ZONE = ("zeitzone", "fuseau horaire", "zona horaria", "fuso orario", "fuso horário", "часовой пояс")
BIRTHDAY = (
    *(
        "geburtsdatum",
        "geburtstag",
        "geb.",
        "geb. am",
        "geboren am",
        "date de naissance",
        "né le",
        "fecha de nacimiento",
    ),
    *("nacimiento", "data di nascita", "data de nascimento", "nascimento", "geboortedatum", "дата рождения"),
    *("день рождения", "doğum tarihi", "生年月日", "诞生日"),
)
JOINED = (
    *("kunde seit", "registriert am", "registrierungsdatum", "client depuis", "date d'inscription", "cliente desde"),
    *("fecha de alta", "fecha de registro", "data di registrazione", "cliente dal", "data de cadastro", "klant sinds"),
    *("дата регистрации", "клиент с", "kayıt tarihi", "登录日"),
)
STATUS = ("statut", "estado", "stato", "статус", "durum", "ステータス")
TAGS = ("schlagworte", "schlagwörter", "stichworte", "étiquettes", "etiquetas", "etichette", "метки", "теги", "タグ")
NOTES = (
    *("notiz", "notizen", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar", "kommentare"),
    *("remarque", "remarques", "commentaire", "commentaires", "notas", "observaciones", "comentario", "comentarios"),
    *("osservazioni", "commento", "observações", "opmerking", "opmerkingen", "примечание", "примечания"),
    *("комментарий", "заметки", "notlar", "メモ", "备考"),
)
WHEN = (
    *("fecha y hora", "date et heure", "data e ora", "data", "datum und uhrzeit", "zeitpunkt", "datum/uhrzeit"),
    *("дата", "дата и время", "tarih"),
)
DIRECTION = ("richtung", "sens", "dirección", "sentido", "direzione", "direção", "направление", "yön")
CHANNEL = ("kanal", "canal", "canale", "art", "канал")
TOPIC = ("betreff", "thema", "objet", "sujet", "asunto", "tema", "oggetto", "assunto", "тема", "onderwerp", "件名")
SUMMARY = (
    *("inhalt", "zusammenfassung", "gesprächsnotiz", "was besprochen wurde", "résumé", "compte rendu", "resumen"),
    *("riassunto", "resumo", "описание", "содержание", "сообщение", "özet", "内容", "要约"),
)
TASK = (
    *("aufgabe", "titel", "tâche", "titre", "tarea", "título", "titolo", "attività", "tarefa", "taak", "задача"),
    *("название", "görev", "タスク", "任务名称", "任务名", "待办事项", "待办", "事项"),
)
DUE = (
    *("fälligkeit", "fälligkeitsdatum", "fällig bis", "bis wann", "date d'échéance", "fecha de vencimiento"),
    *("fecha límite", "scadenza", "data di scadenza", "vencimento", "prazo", "vervaldatum", "срок", "son tarih"),
)
DONE_ON = (
    *("erledigt am", "abgeschlossen am", "terminé le", "date de fin", "completado el", "completata il"),
    *("concluída em", "voltooid op", "дата выполнения", "завершено", "完了日"),
)
PRIORITY = ("priorität", "dringlichkeit", "priorité", "prioridad", "priorità", "prioridade", "prioriteit", "приоритет")

INBOUND = (
    "eingehend",
    "entrant",
    "entrante",
    "in entrata",
    "входящий",
    "gelen",
    "着信",
    "被叫",
    "呼入来电",
    "已接来电",
)
OUTBOUND = ("ausgehend", "sortant", "saliente", "in uscita", "исходящий", "giden", "発信", "发信", "主叫", "呼出去电")
OPEN = (
    *("offen", "in bearbeitung", "nicht begonnen", "ouvert", "ouverte", "à faire", "en cours", "abierta", "abierto"),
    *("pendiente", "en curso", "aperta", "aperto", "da fare", "in corso", "aberta", "aberto", "pendente"),
    *("открыта", "в работе", "не начата", "açık", "未着手", "进行中", "未完了"),
)
DONE = (
    *("erledigt", "abgeschlossen", "fertig", "terminé", "terminée", "fait", "faite", "hecho", "hecha", "completada"),
    *("completado", "completata", "completato", "fatto", "concluída", "concluído", "feito", "voltooid", "gereed"),
    *("выполнена", "выполнено", "завершена", "готово", "tamamlandı", "完了", "完了済み", "已结束", "已办"),
)
LOW = ("niedrig", "gering", "basse", "faible", "baja", "bassa", "baixa", "laag", "низкий", "düşük")
NORMAL = ("mittel", "moyenne", "normale", "media", "média", "gemiddeld", "средний", "orta")
HIGH = ("hoch", "wichtig", "haute", "élevée", "alta", "hoog", "высокий", "yüksek")
URGENT = ("dringend", "sehr hoch", "urgente", "срочно", "срочный", "acil", "緊急")

PERSON = (
    "privatperson",
    "privat",
    "particulier",
    "persona física",
    "particular",
    "persona fisica",
    "физлицо",
    "физическое лицо",
)
INSTITUTION = (
    "firma",
    "unternehmen",
    "institutionell",
    "entreprise",
    "société",
    "empresa",
    "azienda",
    "юрлицо",
    "юридическое лицо",
)
ACTIVE = (
    "aktiv",
    "actif",
    "active",
    "activo",
    "activa",
    "attivo",
    "attiva",
    "ativo",
    "ativa",
    "actief",
    "активен",
    "активный",
    "aktif",
)
DORMANT = (
    "inaktiv",
    "ruhend",
    "inactif",
    "inactivo",
    "inattivo",
    "inativo",
    "inactief",
    "неактивен",
    "неактивный",
    "pasif",
)
# Of a column that says by a tick which tasks are done.
YES = ("true", "yes", "y", "1", "x", "✓", "✔", "√", "☑", "✅", "100%", "ja", "oui", "sí", "是", "wahr")
NO = ("false", "no", "n", "0", "☐", "✗", "✘", "0%", "nein", "non", "否", "falsch")
