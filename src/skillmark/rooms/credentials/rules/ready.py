"""Twelve kinds of proof that a small firm can give today, in plain words and in both languages.

Facts only: what was done and how it was seen, never what somebody is like. Months are starting values that every firm may
change; where a public rule stands behind one, `source` names it. Nothing here is legal advice.
"""

from __future__ import annotations

from skillmark.rooms.credentials.rules.kinds import KindOfProof


def _onet(code: str, name: str) -> dict[str, str]:
    """The occupation that does it, in the O*NET-SOC taxonomy."""
    return {"framework": "O*NET-SOC", "code": code, "url": f"https://www.onetonline.org/link/summary/{code}", "name": name}


_CONSTRUCTION = (
    KindOfProof(
        key="skid-steer",
        trade="construction",
        name={"en": "Skid steer on site", "es": "Minicargadora en obra"},
        did={
            "en": "Checked the skid steer before starting, dug, loaded and leveled with it, kept people out of the work "
            "area, and parked and shut it down safely.",
            "es": "Revisó la minicargadora antes de empezar, excavó, cargó y niveló con ella, mantuvo a la gente fuera del "
            "área de trabajo y la estacionó y apagó de forma segura.",
        },
        how={
            "en": "A lead operator watched the whole job on our site and went through the machine's check list point by "
            "point.",
            "es": "Una persona con experiencia en la máquina observó todo el trabajo en nuestra obra y siguió punto por "
            "punto la lista de revisión de la máquina.",
        },
        method="observed",
        level_asked=True,
        months=36,
        colour="cocoa",
        icon="digger",
        codes=(_onet("47-2073.00", "Operating Engineers and Other Construction Equipment Operators"),),
    ),
    KindOfProof(
        key="harness",
        trade="construction",
        name={"en": "Harness check and tie-off", "es": "Revisión y anclaje del arnés"},
        did={
            "en": "Looked over the harness and line for damage, put them on, set the straps, chose an anchor point and "
            "stayed tied off while working at height.",
            "es": "Revisó el arnés y la línea para ver si tenían daños, se los puso, ajustó las correas, eligió un punto de "
            "anclaje y se mantuvo en todo momento con la línea enganchada al trabajar en altura.",
        },
        how={
            "en": "A supervisor checked the harness on the person, asked how to find damage, and watched the tie-off at "
            "height.",
            "es": "Quien supervisa revisó el arnés ya puesto, preguntó cómo se detectan los daños y observó el anclaje en "
            "altura.",
        },
        method="observed",
        level_asked=False,
        months=12,
        colour="indigo",
        icon="harness",
    ),
)

_MANUFACTURING = (
    KindOfProof(
        key="forklift",
        trade="manufacturing",
        name={"en": "Sit-down forklift", "es": "Montacargas con asiento"},
        did={
            "en": "Did the daily check, drove with and without a load, stacked and unstacked pallets, and looked out for "
            "people and loads in our aisles.",
            "es": "Hizo la revisión diaria, manejó con carga y sin carga, apiló y bajó tarimas y estuvo pendiente de las "
            "personas y de las cargas en nuestros pasillos.",
        },
        how={
            "en": "Training on this kind of truck first, then a driving evaluation in our own building by a person with the "
            "knowledge and experience to do it.",
            "es": "Primero, capacitación en este tipo de montacargas; después, una evaluación de manejo en nuestro propio "
            "edificio, hecha por una persona con conocimiento y experiencia para hacerla.",
        },
        method="observed",
        level_asked=False,
        months=36,
        colour="night",
        icon="forklift",
        codes=(_onet("53-7051.00", "Industrial Truck and Tractor Operators"),),
        source="29 CFR 1910.178(l)(4)(iii): an evaluation at least once every three years",
    ),
    KindOfProof(
        key="cnc-tool-change",
        trade="manufacturing",
        name={"en": "Tool change on a CNC mill", "es": "Cambio de herramienta en una fresadora CNC"},
        did={
            "en": "Changed a tool, measured its length, set the offset, ran the first piece and measured it against the "
            "drawing.",
            "es": "Cambió una herramienta, midió su largo, ajustó la compensación, hizo la primera pieza y la midió según el "
            "plano.",
        },
        how={
            "en": "A lead operator watched the change and measured the first piece again with a second gauge.",
            "es": "Una persona con experiencia en la máquina observó el cambio y volvió a medir la primera pieza con otro "
            "instrumento.",
        },
        method="observed",
        level_asked=True,
        months=24,
        colour="indigo",
        icon="gear",
        codes=(_onet("51-9161.00", "Computer Numerically Controlled Tool Operators"),),
    ),
)

_RESTAURANT = (
    KindOfProof(
        key="close-line",
        trade="restaurant",
        name={"en": "Closing the kitchen line", "es": "Cierre de la línea de cocina"},
        did={
            "en": "Cooled, labeled and put away the food, turned off gas and fryers, cleaned the stations and wrote down "
            "the fridge temperatures.",
            "es": "Enfrió, etiquetó y guardó los alimentos, apagó el gas y las freidoras, limpió las estaciones y anotó las "
            "temperaturas de los refrigeradores.",
        },
        how={
            "en": "The shift lead watched two closings and signed the closing list both times.",
            "es": "La persona encargada del turno observó dos cierres y firmó la lista de cierre las dos veces.",
        },
        method="observed",
        level_asked=True,
        months=None,
        colour="plum",
        icon="pan",
        codes=(_onet("35-2014.00", "Cooks, Restaurant"),),
    ),
    KindOfProof(
        key="allergen",
        trade="restaurant",
        name={"en": "Allergen hand-off", "es": "Entrega de platos con alérgenos"},
        did={
            "en": "Took an order with an allergy, told the kitchen, kept tools and surfaces apart, and handed the right "
            "plate to the right guest.",
            "es": "Tomó un pedido con alergia, avisó a la cocina, mantuvo separados los utensilios y las superficies y "
            "entregó el plato correcto a la persona correcta.",
        },
        how={
            "en": "The shift lead watched three orders with an allergy and asked which foods on our menu need care.",
            "es": "La persona encargada del turno observó tres pedidos con alergia y preguntó qué platos de nuestro menú "
            "requieren cuidado.",
        },
        method="observed",
        level_asked=False,
        months=12,
        colour="teal",
        icon="leaf",
    ),
)

_HOME_CARE = (
    KindOfProof(
        key="transfer",
        trade="home-care",
        name={"en": "Moving a client from bed to chair", "es": "Pasar a una persona de la cama a la silla"},
        did={
            "en": "Explained each step, put on the gait belt, locked the wheels, helped the client stand and sit, and left "
            "them safe and comfortable.",
            "es": "Explicó cada paso, puso el cinturón de traslado, frenó las ruedas, ayudó a la persona a ponerse de pie y a "
            "sentarse, y la dejó segura y cómoda.",
        },
        how={
            "en": "A nurse or a lead aide watched the transfer and went through our skills check list.",
            "es": "Alguien de enfermería o con más experiencia en el cuidado observó el traslado y siguió nuestra lista de "
            "habilidades.",
        },
        method="observed",
        level_asked=True,
        months=12,
        colour="indigo",
        icon="heart",
        codes=(_onet("31-1121.00", "Home Health Aides"),),
    ),
    KindOfProof(
        key="wash-dress",
        trade="home-care",
        name={"en": "Helping a client wash and dress", "es": "Ayudar a una persona a lavarse y vestirse"},
        did={
            "en": "Asked first, washed hands and put on gloves, kept the client warm and covered, checked the water, and "
            "let them do what they could do.",
            "es": "Preguntó primero, se lavó las manos y se puso guantes, mantuvo a la persona abrigada y cubierta, revisó el "
            "agua y la dejó hacer lo que podía hacer.",
        },
        how={
            "en": "A nurse or a lead aide watched the whole visit and went through our skills check list.",
            "es": "Alguien de enfermería o con más experiencia en el cuidado observó toda la visita y siguió nuestra lista de "
            "habilidades.",
        },
        method="observed",
        level_asked=True,
        months=12,
        colour="teal",
        icon="drop",
    ),
)

_CHILDCARE = (
    KindOfProof(
        key="safe-sleep",
        trade="childcare",
        name={"en": "Safe sleep for babies", "es": "Sueño seguro para bebés"},
        did={
            "en": "Put babies to sleep on their backs in an empty crib, checked on them as often as our plan says, and wrote "
            "down each check.",
            "es": "Acostó a los bebés boca arriba en una cuna sin objetos, pasó a verlos con la frecuencia que indica nuestro "
            "plan y anotó cada revisión.",
        },
        how={
            "en": "The lead teacher watched two nap times, looked at the check sheet and asked questions about our plan.",
            "es": "La persona responsable del salón observó dos horas de siesta, revisó la hoja de control e hizo preguntas "
            "sobre nuestro plan.",
        },
        method="observed",
        level_asked=False,
        months=12,
        colour="indigo",
        icon="child",
        codes=(_onet("39-9011.00", "Childcare Workers"),),
    ),
    KindOfProof(
        key="diaper",
        trade="childcare",
        name={"en": "Diaper change and hand washing", "es": "Cambio de pañal y lavado de manos"},
        did={
            "en": "Kept one hand on the child, changed the diaper, threw it away, cleaned the table and washed both pairs of "
            "hands, in the order on our wall.",
            "es": "Mantuvo una mano sobre la criatura, cambió el pañal, lo tiró, limpió la mesa y lavó las manos de las dos "
            "personas, en el orden que indica nuestro cartel.",
        },
        how={
            "en": "The lead teacher watched three changes and compared each step with the poster on the wall.",
            "es": "La persona responsable del salón observó tres cambios y comparó cada paso con el cartel de la pared.",
        },
        method="observed",
        level_asked=False,
        months=12,
        colour="teal",
        icon="child",
    ),
)

_BAKERY_AND_SHOP = (
    KindOfProof(
        key="dough-mixer",
        trade="bakery",
        name={"en": "Dough mixer: start, stop and clean", "es": "Amasadora: arrancar, parar y limpiar"},
        did={
            "en": "Checked the guard, weighed and loaded the dough, ran the mixer, stopped it, unplugged it and cleaned it "
            "without reaching into a moving bowl.",
            "es": "Revisó la protección, pesó y cargó la masa, usó la amasadora, la paró, la desconectó y la limpió sin meter "
            "la mano en el tazón en movimiento.",
        },
        how={
            "en": "The lead baker watched two batches from start to clean and asked what to do when the mixer jams.",
            "es": "La persona encargada de la panadería observó dos masas desde el inicio hasta la limpieza y preguntó qué "
            "hacer si la amasadora se atora.",
        },
        method="observed",
        level_asked=True,
        months=24,
        colour="cocoa",
        icon="bread",
        codes=(_onet("51-3011.00", "Bakers"),),
    ),
    KindOfProof(
        key="till",
        trade="shop",
        name={"en": "Opening and closing the till", "es": "Apertura y cierre de caja"},
        did={
            "en": "Counted the float, rang up sales, gave change, counted the drawer at the end of the day and wrote down "
            "any difference.",
            "es": "Contó el fondo de caja, registró ventas, dio cambio, contó el dinero al final del día y anotó cualquier "
            "diferencia.",
        },
        how={
            "en": "The owner or manager counted the drawer again on five days and compared both counts.",
            "es": "Quien dirige o administra la tienda volvió a contar el dinero durante cinco días y comparó los dos "
            "resultados.",
        },
        method="observed",
        level_asked=False,
        months=None,
        colour="plum",
        icon="cash",
        codes=(_onet("41-2011.00", "Cashiers"),),
    ),
)

READY: tuple[KindOfProof, ...] = (
    *_CONSTRUCTION,
    *_MANUFACTURING,
    *_RESTAURANT,
    *_HOME_CARE,
    *_CHILDCARE,
    *_BAKERY_AND_SHOP,
)
