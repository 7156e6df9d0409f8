/** Words that stand in nearly every English text: a rule is not looked for by them while it has a rarer word. */
export const commonWords: ReadonlySet<string> = new Set(
  (
    'a an and are all am any as at be been but by can could did do does for from get go going got had has have he her him his how ' +
    'i if in into is it its just know let like me my need no not now of on one only or our out over say see send she so some ' +
    'tell than that the their them then there they this to u ur up us want was way we well were what when where who will ' +
    'with would yes you your youre im ill dont cant'
  ).split(' '),
)
