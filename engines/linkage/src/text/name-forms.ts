/**
 * Given names that one person goes by beside the registered one: short forms, pet names, and spellings of one name that
 * are too far apart for a comparison of letters. Written down from general knowledge of English usage, without any list or
 * table before us; a cell adds its own with `--names`. Forms that are as often a name in their own right (Anna beside
 * Annabelle, Mark beside Marcus) are left out: they would make two people one.
 */
const english = `
abigail: abby, abbie, gail
abraham: abe, bram
albert: al, bert, bertie
alexander: alex, alec, alek, sandy, sasha, alexandr, aleksandr, aleksander, aliaksandr, oleksandr
alexandra: alex, lexi, sandra, sasha, alexandria, aleksandra
alfred: al, alf, alfie, fred
amanda: mandy, mandi
anastasia: nastya, nastia, nastassia, nastasia, stacy, anastassia, anastasiya
andrew: andy, drew, andrei, andrej
ann: anne, annie, nan, nancy
anthony: tony, antony
arthur: art, artie
barbara: barb, barbie, babs
benjamin: ben, benny, benji
bernard: bernie
bradley: brad
bridget: biddy, bridie
calvin: cal
catherine: cathy, kate, katie, kathy, kitty, cate, katherine, kathryn, katharine, kathleen, catharine
charles: charlie, chuck, chas, charley
charlotte: charlie, lottie
christina: chris, chrissy, tina, christine, kristina
christopher: chris, kit, topher, christoph, kristopher
clifford: cliff
cynthia: cindy
daniel: dan, danny
david: dave, davey, davy
deborah: deb, debbie, debra
dennis: denny
donald: don, donnie
dorothy: dot, dottie, dolly
douglas: doug
edmund: ed, eddie, ned, ted
edward: ed, eddie, eddy, ned, ted, teddy
edwin: ed, eddie, ned
eleanor: ellie, nell, nellie, nora, elinor
elizabeth: liz, lizzie, beth, betty, betsy, bess, bessie, eliza, libby, lisa, elisabeth
emily: em, emmy
eugene: gene
evelyn: eve, evie
florence: flo, flossie
frances: fran, franny, fanny
francis: frank, fran, frankie
franklin: frank
frederick: fred, freddie, freddy, rick, fritz, frederic, friedrich
gabriel: gabe
geoffrey: geoff, jeff, jeffrey, jeffery
george: georgie, georg
gerald: gerry, jerry
gregory: greg, gregg
gwendolyn: gwen
harold: hal, harry
henry: hank, harry, hal
herbert: herb, bert
howard: howie
hubert: bert
isaac: ike, zac
isabella: bella, izzy, isabel, isabelle
jacob: jake, jacobus
jacqueline: jackie
james: jim, jimmy, jamie, jem
jane: janie, janey
janet: jan
jason: jay
jeremiah: jerry
jeremy: jerry
jessica: jess, jessie
joanna: jo, joanne
john: johnny, jack, jon, johnnie
jonathan: jon, jonny, nathan
joseph: joe, joey, josef
josephine: jo, josie
joshua: josh
judith: judy
julia: julie
kenneth: ken, kenny
kimberly: kim
lawrence: larry, lawrie, laurie, laurence
leonard: len, lenny, leo
leslie: les
lillian: lily, lil
louis: lou, louie, lewis, luis
louise: lou
madeline: maddie, madeleine
magdalena: lena, magda
margaret: maggie, meg, peg, peggy, peggie, madge, marge, margie, greta, rita, daisy
martha: marty, patty
martin: marty
mary: molly, polly, mae, marie, maria
matthew: matt, matty, matthias
maurice: morris, moe, mo, morrie, maury
maximilian: max
melissa: mel, missy
michael: mike, mick, mickey, micky, mikey, mikhail
mildred: millie
mohammed: muhammad, mohamed, mohammad, muhammed, mohamad, muhamad, mehmet, mohd, mhd, muhd
nathaniel: nat, nate, nathan
nicholas: nick, nicky, nico, nicolas, nikolai
oliver: ollie
oscar: ozzie
pamela: pam
patricia: pat, patty, patsy, trish, tricia
patrick: pat, paddy, patsy
peter: pete
philip: phil, pip, phillip
phyllis: phyl
rachel: rae
raymond: ray
rebecca: becky, becca
reginald: reg, reggie
richard: rick, dick, rich, ricky, richie
robert: bob, bobby, rob, robbie, bert, robby, bobbie
roderick: rod, roddy
rodney: rod
roger: rodge
ronald: ron, ronnie
rosemary: rose, rosie
russell: russ
samantha: sam, sammy
samuel: sam, sammy
sarah: sally, sadie, sara, zara
sidney: sid
sophia: sophie
stephanie: steph
stephen: steve, steven, stevie
steven: steve
stuart: stu
susan: sue, susie, suzy, suzanne, susanne, susanna
sylvia: sylvie
terence: terry
theodore: ted, teddy, theo
theresa: terry, tess, tessa, teresa
thomas: tom, tommy
timothy: tim, timmy
valerie: val
veronica: ronnie
victor: vic
victoria: vicky, vickie, tori
vincent: vince, vinny
virginia: ginny, ginger
walter: walt, wally
wilfred: wilf, fred
william: will, bill, billy, willie, liam
winifred: winnie, freda
zachary: zach, zack
`

/** Whether two given names can be forms of one; a form of several names (Pat) goes with each of them. */
export class NameForms {
  readonly #names = new Map<string, Set<number>>()
  readonly #initials: Set<string>[] = []

  readonly lists: readonly string[]

  constructor(lists: readonly string[] = [english]) {
    this.lists = lists
    for (const list of lists) this.#add(list)
  }

  /** One name a line: `robert: bob, rob`. What is no such line says nothing and is passed over. */
  #add(list: string): void {
    for (const line of list.toLowerCase().split('\n')) {
      const words = line.split(/[:,]/).map((word) => word.trim())
      if (!line.includes(':') || words.length < 2) continue
      const initials = new Set<string>()
      const group = this.#initials.push(initials) - 1
      for (const word of words) {
        if (word === '') continue
        initials.add(word.charAt(0))
        const groups = this.#names.get(word) ?? new Set()
        this.#names.set(word, groups.add(group))
      }
    }
  }

  areOne(one: string, other: string): boolean {
    const groups = this.#names.get(one)
    const others = this.#names.get(other)
    if (groups === undefined || others === undefined) return false
    for (const group of groups) if (others.has(group)) return true
    return false
  }

  /** Whether somebody of this name may sign with the letter: B for Robert, who is Bob. */
  fitsInitial(name: string, letter: string): boolean {
    if (name.startsWith(letter)) return true
    for (const group of this.#names.get(name) ?? []) if (this.#initials[group]?.has(letter) === true) return true
    return false
  }
}

export const englishForms = new NameForms()
/** The English forms and lists of one's own. */
export const formsWith = (lists: readonly string[]): NameForms => new NameForms([english, ...lists])
