"""What the columns of each kind of list are called: folded, without spaces and signs, in the languages of the house.

Of schools, registers of Czechia, Hungary, Israel, Italy and Portugal come first; then words of these and others.
"""

SCHOOL_HEADINGS: dict[str, str] = {
    "name": "aziskolaneve nameoftheschool اسمالمدرسة المدرسة "
    "name schoolname school shortname zkraceny nazev nazevskoly skola redzkratka zkrnaz zarnaz nev "
    "intezmenyneve iskolaneve naziv nazivskole ime denominazionescuola denominazione nome "
    "nomedaescola escola schulname nom afeladatellatasihelymegnevezese الاسم "
    "שםביתהספר שםביתספר שםמוסד שםהמוסד ביתהספר",
    "official_name": "hivatalosnev uredninazev "
    "officialname fullname plnynazev plnynaz rednazev urednynazev oficialninazev "
    "intezmenymegnevezese punnaziv denominazionecompleta الاسمالرسمي "
    "שםרשמי",
    "number": "nyilvantartasiszam numberintheregister cislovrejstriku الرقمفيالسجل رقمالمدرسة "
    "number id identifier schoolid code schoolcode redizo izo cisloskoly omazonosito om "
    "sifraustanove sifra codicescuola mim codice codigodgeecescola dgeec codigodaescola codigo sourcedid "
    "الرقم "
    "מספרבמרשם סמלמוסד",
    "town": "البلدة المدينة "
    "town city place municipality obec mesto misto redmisto telepules varos "
    "afeladatellatasihelytelepulese mjesto grad descrizionecomune comune citta municipio concelho "
    "localidade ort stadt ville "
    "יישוב ישוב עיר שםיישוב",
    "country": "country countrycode zeme stat orszag drzava paese nazione pais البلد الدولة מדינה",
    "street": "postacim postovniadresa العنوانالبريدي "
    "street address postaladdress ulice redulice adresa cim utca afeladatellatasihelypontoscime "
    "ulica indirizzoscuola indirizzo morada strasse adresse العنوان "
    "כתובתלמשלוחדואר כתובת",
    "postcode": "postcode postalcode zip zipcode psc redpsc iranyitoszam afeladatellatasihelyiranyitoszama "
    "postanskibroj capscuola cap codigopostal plz codepostal الرمزالبريدي "
    "מיקוד",
    "website": "webhely weboldal "
    "الموقعالالكتروني website web www url homepage webovestranky honlap sitowebscuola sitoweb site الموقع "
    "אתר אתראינטרנט",
    "students": "students pupils numberofstudents zaci pocetzaku pocetz tanulok tanulolletszam tanulokszama "
    "diaklletszam ucenici brojucenika studenti alunni numeroalunni alunos numerodealunos "
    "numerodealunosmatriculados schuler التلاميذ "
    "תלמידים מספרתלמידים",
    "teachers": "teachers staff numberofteachers ucitele pocetucitelu pedagogusok pedagogusokszama tanarok "
    "ucitelji brojucitelja docenti insegnanti professores docentes lehrer المعلمون المعلمين "
    "מורים מספרמורים",
    "year": "tanev schoolyear skolnirok السنةالدراسية العامالدراسي שנתלימודים",
    "latitude": "foldrajziszelesseg خطالعرض latitude lat zemepisnasirka sirka szelesseg latitudine קורוחב",
    "longitude": "foldrajzihosszusag خطالطول longitude lon lng long zemepisnadelka delka hosszusag longitudine קואורך",
}
# How a list of people or memberships names a school: by a number of a register, or by its name and town.
OF_A_SCHOOL = {
    "number": "schoolnumber numberoftheschool numberintheregister schoolid cisloskoly redizo izo cislovrejstriku "
    "omazonosito om iskolaszama mim codicescuola codigodgeecescola dgeec sifraustanove رقمالمدرسة الرقمفيالسجل "
    "מספרבמרשם סמלמוסד מספרביתהספר nyilvantartasiszam",
    "school": "school nameoftheschool schoolname skola nazevskoly iskola iskolaneve intezmeny skolaustanova scuola "
    "escola schule المدرسة اسمالمدرسة ביתהספר ביתספר שםביתהספר aziskolaneve",
    "town": "town city place municipality townoftheschool obec mesto misto telepules varos mjesto grad comune citta "
    "municipio localidade ort stadt البلدة المدينة יישוב עיר",
}
PEOPLE_HEADINGS: dict[str, str] = {
    "name": "name fullname nameoftheperson person firstandlastname firstname givenname jmeno krestnijmeno "
    "jmenoaprijmeni celejmeno osoba nev teljesnev keresztnev utonev ime imeiprezime nome nomecompleto nomeecognome "
    "vorundnachname الاسم الاسمالكامل الشخص שם שםמלא שםפרטי",
    "surname": "surname lastname familyname prijmeni vezeteknev csaladnev prezime cognome apelido nachname "
    "اسمالعايلة اللقب שםמשפחה",
    "mail": "mail email mailaddress emailaddress address ucitelskyemail mailovaadresa emailovaadresa adresa "
    "adresaelektronickeposty emailcim emailcime postaelettronica correioeletronico emailadresse "
    "البريد البريدالالكتروني عنوانالبريد عنوانالبريدالالكتروني דואל דוארלאלקטרוני דוארלקטרוני כתובתדואל אימייל "
    "כתובתמייל מייל",
    "role": "role roleattheschool position function role funkce pozice szerep szerepkor beosztas munkakor uloga ruolo "
    "funcao cargo rolle funktion الدور الوظيفة תפקיד",
    "language": "language languageoftheletter jazyk jazykdopisu nyelv alevelnyelve jezik lingua lingua idioma sprache "
    "اللغة لغةالرسالة שפה שפתהמכתב",
    **OF_A_SCHOOL,
}
MEMBERSHIP_HEADINGS: dict[str, str] = {
    "cluster": "cluster nameofthecluster clustername clusterid klastr skupina shluk nazevklastru nazevskupiny "
    "klaszter klaszterneve csoport klaster grappolo polo agrupamento verbund المجموعة اسمالمجموعة "
    "אשכול שםהאשכול קבוצה aklaszterneve",
    "approach": "approach howitisled setup setupby pristup zpusobvzniku ktohozrizuje zrizuje megkozelites "
    "aklasztertipusa pristop approccio abordagem ansatz النهج طريقةالانشاء الجهةالمنشية גישה "
    "kialapitotta הוקםעלידי",
    "role": PEOPLE_HEADINGS["role"] + " roleinthecluster roleskoly roleveskupine roleskolyvklastru aziskolaszerepe "
    "دورالمدرسة תפקידביתהספר",
    **OF_A_SCHOOL,
}
