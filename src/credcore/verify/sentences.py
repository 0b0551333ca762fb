"""Every sentence that a check can say, in English and Spanish. Plain words; no standards' names.

Keys are states or finding codes; `{…}` are filled from the report. A code without a sentence of its own uses its state's.
"""

from __future__ import annotations

HEADINGS: dict[str, tuple[str, str]] = {
    "good": ("Looks good", "Todo en orden"),
    "careful": ("Be careful", "Tenga cuidado"),
    "bad": ("Don’t rely on this", "No confíe en esto"),
    "unknown": ("We couldn’t tell", "No pudimos saberlo"),
}

STATES: dict[str, tuple[str, str]] = {
    "good": (
        "This is genuine and in date. {giver} gave it to {name} on {date}. Nothing has been changed.",
        "Es auténtico y está vigente. {giver} se lo dio a {name} el {date}. No se ha cambiado nada.",
    ),
    "good.undated": (
        "This is genuine and in date. {giver} gave it to {name}. Nothing has been changed.",
        "Es auténtico y está vigente. {giver} se lo dio a {name}. No se ha cambiado nada.",
    ),
    "altered": (
        "Altered: this was changed after it was made, or someone else made it. Call the firm it names, using a number you "
        "find yourself.",
        "Alterado: se cambió después de hacerse o lo hizo otra persona. Llame a la empresa que aparece, con un número que "
        "usted mismo busque.",
    ),
    "altered.uncovered": (
        "Altered: it says things that its signature does not cover. Someone may have added them later. Ask for the original.",
        "Alterado: dice cosas que su firma no cubre. Alguien pudo añadirlas después. Pida el original.",
    ),
    "holder.other": (
        "This was handed over for somebody else or at another time. Ask the person to share it again.",
        "Esto se entregó para otra persona o en otro momento. Pida que lo comparta de nuevo.",
    ),
    "holder.broken": (
        "The packet this came in was changed or signed by someone else. This proof itself was checked on its own.",
        "El paquete en que vino se cambió o lo firmó otra persona. Este comprobante se comprobó aparte.",
    ),
    "holder.late": (
        "The packet this came in was made for another time. This proof itself was checked on its own.",
        "El paquete en que vino se hizo para otro momento. Este comprobante se comprobó aparte.",
    ),
    "holder.unsure": (
        "We couldn’t tell who signed the packet this came in. This proof itself was checked on its own.",
        "No pudimos saber quién firmó el paquete en que vino. Este comprobante se comprobó aparte.",
    ),
    "keys.remembered": (
        "The signature fits the keys of {giver} that we saw on {seen}. We couldn’t ask {site} today. Try again.",
        "La firma coincide con las claves de {giver} que vimos el {seen}. Hoy no pudimos preguntar a {site}. Inténtelo de nuevo.",
    ),
    "parts.bad": (
        "This is genuine, but something inside it must not be relied on. Each proof in it has its own answer below.",
        "Es auténtico, pero hay algo dentro en lo que no se puede confiar. Abajo está la respuesta de cada comprobante.",
    ),
    "parts.unsure": (
        "This is genuine, but we couldn’t be sure of everything inside it. Each proof in it has its own answer below.",
        "Es auténtico, pero no estamos seguros de todo lo que trae dentro. Abajo está la respuesta de cada comprobante.",
    ),
    "hosted.other_origin": (
        "This uses the name {giver}, but it is published where {giver} does not publish its proofs.",
        "Usa el nombre de {giver}, pero está publicado donde {giver} no publica sus comprobantes.",
    ),
    "hosted.differs": (
        "Altered: this is not what {giver} shows on its own site. Open it at the source.",
        "Alterado: no es lo que {giver} muestra en su propio sitio. Ábralo en la fuente.",
    ),
    "hosted.unreadable": (
        "{site} answers, but not with this proof. Look it up at the source.",
        "{site} responde, pero no con este comprobante. Consúltelo en la fuente.",
    ),
    "proof.base_only": (
        "This is the whole original, which its owner keeps. Ask the person to share it from where they keep it.",
        "Este es el original completo, que guarda su dueño. Pida a la persona que lo comparta desde donde lo guarda.",
    ),
    "hosted.gone": (
        "{site} no longer shows this. Ask {giver} whether it still counts.",
        "{site} ya no lo muestra. Pregunte a {giver} si todavía cuenta.",
    ),
    "unreadable.shape": (
        "This isn’t filled in the way a proof of its kind must be, so we can’t be sure what it says. Ask the giver for a corrected one.",
        "No está llenado como debe estarlo un comprobante de su tipo, así que no sabemos con seguridad qué dice. Pida uno corregido a quien lo dio.",
    ),
    "key.compromised": (
        "{giver} has given up the key that signed this, because somebody else may know it. Ask {giver} for a new one.",
        "{giver} dejó de usar la llave con que se firmó, porque tal vez otra persona la conoce. Pida uno nuevo a {giver}.",
    ),
    "name.borrowed": (
        "This uses the name {giver}, but the {giver} on your list did not sign it.",
        "Usa el nombre de {giver}, pero no lo firmó la entidad {giver} que está en su lista.",
    ),
    "issuer.other_key": (
        "This uses the name {giver}, but {giver} did not sign it: the signature is somebody else’s.",
        "Usa el nombre de {giver}, pero {giver} no lo firmó: la firma es de otra persona.",
    ),
    "status.cancelled": (
        "{giver} has cancelled this. It no longer counts.",
        "{giver} lo canceló. Ya no cuenta.",
    ),
    "status.paused": (
        "{giver} has paused this. It doesn’t count for now. Check again later or ask them.",
        "{giver} lo puso en pausa. Por ahora no cuenta. Compruébelo más tarde o pregunte.",
    ),
    "dates.expired": (
        "This is genuine, but it expired on {end}, {ago}. Ask for a newer one.",
        "Es auténtico, pero venció el {end}, {ago}. Pida uno más reciente.",
    ),
    "dates.expired.unproven": (
        "By its own date this expired on {end}, {ago}. Ask for a newer one.",
        "Según su propia fecha, venció el {end}, {ago}. Pida uno más reciente.",
    ),
    "dates.not_yet": (
        "This is genuine, but it starts on {start}. It doesn’t count today.",
        "Es auténtico, pero empieza el {start}. Hoy todavía no cuenta.",
    ),
    "dates.not_yet.unproven": (
        "By its own date this starts on {start}. It doesn’t count today.",
        "Según su propia fecha, empieza el {start}. Hoy todavía no cuenta.",
    ),
    "proof.from_the_future": (
        "This says it was signed on {start}, which has not come yet. Don’t count on it.",
        "Dice que se firmó el {start}, una fecha que aún no llega. No cuente con ello.",
    ),
    "proof.expired": (
        "The signature on this ended on {end}. Ask for a newer one.",
        "La firma de este comprobante terminó el {end}. Pida uno más reciente.",
    ),
    "name.differs": (
        "It says {printed}, but the signer calls itself {published}. Ask which is right.",
        "Dice {printed}, pero quien firmó se presenta como {published}. Pregunte cuál es el nombre correcto.",
    ),
    "issuer.unknown": (
        "Genuine signature, but {giver} is not on your list. Do you know them?",
        "La firma es auténtica, pero {giver} no está en su lista. ¿Sabe quién es?",
    ),
    "status.unknown": (
        "This is genuine, but we couldn’t find out from {giver} whether it was cancelled. Try again.",
        "Es auténtico, pero no pudimos averiguar con {giver} si se canceló. Inténtelo de nuevo.",
    ),
    "status.unknown.last": (
        "This is genuine, but we couldn’t ask {giver} today whether it was cancelled. Last known on {last}: {known}. Try again.",
        "Es auténtico, pero hoy no pudimos preguntar a {giver} si se canceló. Último dato, {last}: {known}. Inténtelo de nuevo.",
    ),
    "review.open": (
        "Someone has said that something here is wrong. {giver} is looking into it.",
        "Alguien avisó que aquí hay un error. {giver} lo está revisando.",
    ),
    "page.unsigned": (
        "We found this on {site}, but it isn’t signed. Look it up at the source and note what you saw.",
        "Lo encontramos en {site}, pero no está firmado. Consúltelo en la fuente y anote lo que vio.",
    ),
    "unsigned": (
        "This names a giver, but nobody signed it. Anyone could have made it. Ask for the signed original.",
        "Nombra a quien lo dio, pero nadie lo firmó. Cualquiera pudo hacerlo. Pida el original firmado.",
    ),
    "signer.not_tied": (
        "It is signed, but we can’t tie the signature to {giver}. Look it up at the source.",
        "Está firmado, pero no podemos relacionar la firma con {giver}. Consúltelo en la fuente.",
    ),
    "signer.unreachable": (
        "We couldn’t reach {site} to check the signature. Try again, or ask for the file.",
        "No pudimos conectar con {site} para comprobar la firma. Inténtelo de nuevo o pida el archivo.",
    ),
    "unsupported": (
        "We can’t read this kind of file yet. Ask for a link, a PDF or the original file.",
        "Todavía no podemos leer este tipo de archivo. Pida un enlace, un PDF o el archivo original.",
    ),
    "proof.unsupported": (
        "This is signed in a way that we can’t check yet. Look it up at the source.",
        "Está firmado de una forma que todavía no podemos comprobar. Consúltelo en la fuente.",
    ),
    "context.unknown": (
        "This uses words that we don’t know, so we can’t tell what was signed. Look it up at the source.",
        "Usa palabras que no conocemos, así que no podemos saber qué se firmó. Consúltelo en la fuente.",
    ),
    "picture.no_code": (
        "This is only a picture, and a picture proves nothing by itself. Keep it as “photo on file” or ask for the original.",
        "Es solo una imagen, y una imagen no prueba nada por sí sola. Guárdela como foto o pida el original.",
    ),
    "pdf.no_proof": (
        "There is no signed proof in this document, and printed text alone proves nothing. Ask for the original file.",
        "Este documento no trae un comprobante firmado, y el texto impreso por sí solo no prueba nada. Pida el archivo original.",
    ),
    "link.closed": (
        "This link is closed or too old. Ask the person for a new one.",
        "Este enlace está cerrado o es muy antiguo. Pida uno nuevo a la persona.",
    ),
    "link.unreachable": (
        "We couldn’t open this link. Check the address and try again, or ask for the file.",
        "No pudimos abrir este enlace. Revise la dirección e inténtelo de nuevo, o pida el archivo.",
    ),
    "fetch.private_address": (
        "We won’t open links to private addresses. Ask for the file instead.",
        "No abrimos enlaces a direcciones privadas. Pida el archivo.",
    ),
    "fetch.offline": (
        "You are offline, so we couldn’t open this link. Ask for the file instead.",
        "No hay conexión, así que no pudimos abrir este enlace. Pida el archivo.",
    ),
    "unreadable": (
        "This file is damaged, or it isn’t a proof. Ask for the original file.",
        "Este archivo está dañado o no es un comprobante. Pida el archivo original.",
    ),
    "json.duplicate_key": (
        "This file says two different things in the same place, so we won’t guess. Ask for the original file.",
        "Este archivo dice dos cosas distintas en el mismo lugar y no vamos a adivinar. Pida el archivo original.",
    ),
    "dates.reversed": (
        "This ends before it starts, so it can’t be right. Ask for the original file.",
        "Vence antes de empezar, así que no puede estar bien. Pida el archivo original.",
    ),
    "item.list": (
        "This is a list of what a giver has cancelled. It is not a proof. Ask for the proof itself.",
        "Esta es una lista de lo que se canceló. No es un comprobante. Pida el comprobante.",
    ),
    "item.empty": (
        "This file is empty. Ask for it again.",
        "Este archivo está vacío. Pídalo de nuevo.",
    ),
    "unreadable.budget": (
        "This file is built to take very long to check, so we stopped. Ask for the original file.",
        "Este archivo está hecho para tardar mucho en comprobarse, así que nos detuvimos. Pida el archivo original.",
    ),
    "unreadable.locked": (
        "This file is locked with a password. Ask for one without.",
        "Este archivo está protegido con contraseña. Pida uno sin contraseña.",
    ),
    "unreadable.too_large": (
        "This file is too large to check. Ask for the proof alone, without other pages or pictures.",
        "Este archivo es demasiado grande para comprobarlo. Pida solo el comprobante, sin otras páginas ni imágenes.",
    ),
    "incomplete": (
        "We couldn’t finish the check. Try again, or look it up at the source.",
        "No pudimos terminar la comprobación. Inténtelo de nuevo o consúltelo en la fuente.",
    ),
}

LABELS: dict[str, tuple[str, str]] = {
    "unchanged": ("Unchanged", "Sin cambios"),
    "giver": ("Who gave it", "Quién lo dio"),
    "counts": ("Still counts", "Todavía cuenta"),
    "person": ("The right person", "La persona correcta"),
}

LINES: dict[str, tuple[str, str]] = {
    "unchanged.ok": ("Signed and unchanged since it was made", "Firmado y sin cambios desde que se hizo"),
    "unchanged.hosted": ("The same as on the giver’s own site", "Igual que en el sitio de quien lo dio"),
    "unchanged.bad": ("No. What it says now is not what was signed", "No. Lo que dice ahora no es lo que se firmó"),
    "unchanged.none": (
        "Nothing in it is signed, so there is nothing to compare",
        "No trae ninguna firma, así que no hay con qué comparar",
    ),
    "unchanged.unk": ("We can’t tell", "No podemos saberlo"),
    "ago.today": ("less than a day ago", "hace menos de un día"),
    "ago.day": ("1 day ago", "hace 1 día"),
    "ago.days": ("{days} days ago", "hace {days} días"),
    "giver.ok": ("{giver}, on the list “{list}”", "{giver}, en la lista «{list}»"),
    "giver.since": ("{giver}, on the list “{list}” since {since}", "{giver}, en la lista «{list}» desde el {since}"),
    "giver.yours": ("{giver}, on your list", "{giver}, en su lista"),
    "giver.yours_since": ("{giver}, on your list since {since}", "{giver}, en su lista desde el {since}"),
    "giver.unknown": ("{giver}. Not on your list", "{giver}. No está en su lista"),
    "giver.differs": (
        "It prints {printed}; the list says {published}",
        "Dice {printed}; en la lista figura {published}",
    ),
    "giver.given_up": (
        "{giver} no longer stands by this signature",
        "{giver} ya no responde por esta firma",
    ),
    "giver.bad": (
        "No. It names {giver}, but someone else signed it",
        "No. Nombra a {giver}, pero lo firmó otra persona",
    ),
    "giver.unk": (
        "It names {giver}. We can’t tell whether they made it",
        "Nombra a {giver}. No podemos saber si lo hizo",
    ),
    "giver.nobody": ("It does not say who gave it", "No dice quién lo dio"),
    "counts.until": ("In date until {end}", "Vigente hasta el {end}"),
    "counts.no_end": ("It has no end date", "No tiene fecha de vencimiento"),
    "counts.clear": (", not cancelled (asked {asked})", "; no está cancelado (consultado {asked})"),
    "counts.no_list": (". It has no way to be cancelled", ". No hay manera de cancelarlo"),
    "counts.unasked": (". We couldn’t find out whether it was cancelled", ". No pudimos averiguar si se canceló"),
    "counts.last": (". Last known on {last}: {known}", ". Último dato, {last}: {known}"),
    "last_known": (
        "Signature good; last known status at {at}: {known}.",
        "Firma correcta; último estado conocido, {at}: {known}.",
    ),
    "known.status.clear": ("not cancelled", "no cancelado"),
    "known.status.paused": ("paused", "en pausa"),
    "counts.cancelled": ("No. Cancelled by {giver} (asked {asked})", "No. {giver} lo canceló (consultado {asked})"),
    "counts.paused": (
        "Not for now. Paused by {giver} (asked {asked})",
        "Por ahora no. {giver} lo puso en pausa (consultado {asked})",
    ),
    "counts.expired": ("No. It ended on {end}", "No. Venció el {end}"),
    "counts.not_yet": ("Not yet. It starts on {start}", "Todavía no. Empieza el {start}"),
    "counts.claims": ("It says until {end}. We can’t tell", "Dice que hasta el {end}. No podemos saberlo"),
    "counts.unk": ("We can’t tell", "No podemos saberlo"),
    "person.ask": ("Only you can tell. See the question below", "Solo usted puede saberlo. Vea la pregunta de abajo"),
    "person.names": ("It names {name}", "Nombra a {name}"),
    "person.none": ("It does not name a person", "No nombra a ninguna persona"),
    "now": ("just now", "ahora"),
    "nobody": ("someone who is not named", "alguien que no se nombra"),
    "this_giver": ("the giver", "quien lo dio"),
}

QUESTIONS: dict[str, tuple[str, str]] = {
    "person": (
        "The name is {name}. Is that the person in front of you?",
        "El nombre es {name}. ¿Es la persona que tiene delante?",
    ),
    "no_name": (
        "It does not name anyone. Ask the person how it is tied to them.",
        "No nombra a nadie. Pregunte a la persona qué relación tiene con ella.",
    ),
    "against": (
        "This says nothing against the person. It only means we had nothing to check.",
        "Esto no dice nada en contra de la persona. Solo significa que no había nada que comprobar.",
    ),
    "not_proven": (
        "It does not prove that the person in front of you is the one it names, or what they can do today.",
        "No prueba que la persona que tiene delante sea la que se nombra, ni lo que puede hacer hoy.",
    ),
}

OTHER_PROOF = (
    "It also carries a second signature of a kind that we can’t check yet.",
    "También trae una segunda firma de un tipo que todavía no podemos comprobar.",
)
