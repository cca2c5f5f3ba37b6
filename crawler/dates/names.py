"""Names of months as feeds and pages of the world write them, in small letters without the dot.

Whole and short names of CLDR (by Babel 2.19: English and 22 languages around us), and those of captured feeds; a name
that means another month elsewhere is not here. A weekday needs no table: any word before the date may be one.
"""

MONTHS = (
    "jan january janv janvier januar januari gen gennaio ene enero janeiro január ιαν tammikuuta tammi tammikuu "
    "stycznia sty styczeń ledna led leden januára января янв январь січня січ січень януари яну јануар јан ocak "
    "oca ιανουαρίου ιανουάριοσ ianuarie ian",
    "feb february févr février februar februari fev febbraio febrero fevereiro február februári φεβ helmikuuta "
    "helmi helmikuu lutego lut luty února úno únor februára февраля февр февраль лютого лют лютий февруари фев "
    "фебруар феб şubat şub φεβρουαρίου φεβρουάριοσ febr februarie",
    "mar march mars mär märz mrz marzo março március μαρ μάρ μάώ μαώ maart mrt marts maaliskuuta maalis maaliskuu "
    "marca marzec března bře březen marec марта мар март березня бер березень mart μαρτίου μάρτιοσ márc martie "
    "maret",
    "apr april avr avril aprile abr abril április απρ huhtikuuta huhti huhtikuu kwietnia kwi kwiecień dubna dub "
    "duben apríla apríl апреля апр апрель квітня квіт квітень април nisan nis απριλίου απρίλιοσ ápr aprilie",
    "may mai mag maggio mayo maio maj május μάι μαϊ μαι mei toukokuuta touko toukokuu maja května kvě květen mája "
    "máj мая май травня трав травень мај mayıs μαΐου μαΐ μάιοσ",
    "jun june juin juni giu giugno junio junho június ιουν ιούν ιον kesäkuuta kesä kesäkuu czerwca cze czerwiec "
    "června čvn červen júna jún июня июн июнь червня черв червень юни јун haziran haz ιουνίου ιούνιοσ iunie iun",
    "jul july juil juillet juli lug luglio julio julho július ιουλ ιούλ ιολ heinäkuuta heinä heinäkuu lipca lip "
    "lipiec července čvc červenec júla júl июля июл июль липня лип липень юли јул temmuz tem ιουλίου ιούλιοσ "
    "iulie iul",
    "aug august août aout ago agosto augusztus αυγ αύγ augustus augusti elokuuta elo elokuu sierpnia sie sierpień "
    "srpna srp srpen augusta августа авг август серпня серп серпень ağustos ağu αυγούστου αύγουστοσ agustus agu",
    "sep sept september septembre set sett settembre septiembre setembro szeptember σεπ syyskuuta syys syyskuu "
    "września wrz wrzesień září zář septembra сентября сен сент сентябрь вересня вер вересень септември сеп септембар "
    "eylül eyl σεπτεμβρίου σεπτέμβριοσ szept septembrie",
    "oct october octobre okt oktober ott ottobre octubre outubro október οκτ out lokakuuta loka lokakuu "
    "października paź październik října říj říjen októbra октября окт октябрь жовтня жовт жовтень октомври "
    "октобар ekim eki οκτωβρίου οκτώβριοσ octombrie",
    "nov november novembre noviembre novembro νοε νοέ marraskuuta marras marraskuu listopada lis listopad "
    "listopadu novembra ноября ноя нояб ноябрь листопада лист листопад ноември ное новембар нов kasım kas νοεμβρίου "
    "νοέμβριοσ noiembrie",
    "dec december déc décembre dez dezember dic dicembre diciembre dezembro δεκ desember des joulukuuta joulu "
    "joulukuu grudnia gru grudzień prosince pro prosinec decembra декабря дек декабрь грудня груд грудень "
    "декември децембар дец aralık ara δεκεμβρίου δεκέμβριοσ decembrie",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
