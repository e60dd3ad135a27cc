import { peopleOf } from './person.ts';

// Every name is invented. They are written the way their bearers write them, since that is what an access list holds.

export const contosoPeople = peopleOf('contoso.com', {
  zoe: ['Zoë', 'Álvarez', 'zoe.alvarez'],
  bjorn: ['Björn', 'Lindqvist', 'bjorn.lindqvist'],
  chloe: ['Chloé', 'Lefèvre', 'chloe.lefevre'],
  lukasz: ['Łukasz', 'Wiśniewski', 'lukasz.wisniewski'],
  sebnem: ['Şebnem', 'Yıldız', 'sebnem.yildiz'],
  ibrahim: ['İbrahim', 'Işık', 'ibrahim.isik'],
  huong: ['Hương', 'Nguyễn Thị', 'huong.nguyen', 'Nguyễn Thị Hương'],
  misaki: ['美咲', '田中', 'misaki.tanaka', '田中 美咲'],
  takeru: ['健', '佐藤', 'takeru.sato', '佐藤 健'],
  minjun: ['민준', '김', 'minjun.kim', '김민준'],
  xiuying: ['秀英', '王', 'xiuying.wang', '王秀英'],
  layla: ['ليلى', 'حداد', 'layla.haddad'],
  omar: ['عمر', 'النجار', 'omar.alnajjar'],
  dmitri: ['Дмитрий', 'Соколов', 'dmitri.sokolov'],
  oksana: ['Оксана', 'Шевчук', 'oksana.shevchuk'],
  nikos: ['Νίκος', 'Παπαδόπουλος', 'nikos.papadopoulos'],
  noa: ['נועה', 'לוי', 'noa.levi'],
  ananya: ['अनन्या', 'शर्मा', 'ananya.sharma'],
  kanokporn: ['กนกพร', 'ศรีสุข', 'kanokporn.srisuk'],
  aoife: ['Aoife', 'O’Sullivan', 'aoife.osullivan'],
  jeanluc: ['Jean-Luc', 'D’Almeida', 'jeanluc.dalmeida'],
  mary: ['Mary', 'Okonkwo-Smith', 'mary.okonkwo-smith'],
  tom: ['Tom', 'Li', 'tom.li'],
  jurgen: ['Jürgen', 'Groß', 'jurgen.gross'],
  anamaria: ['Ana María', 'Ñíguez', 'anamaria.niguez'],
  soren: ['Søren', 'Ægidius', 'soren.aegidius'],
});

export const fabrikamPeople = peopleOf('fabrikam.com', {
  amara: ['Amara', 'Nwosu', 'amara.nwosu'],
  elif: ['Elif', 'Kaya', 'elif.kaya'],
  rafael: ['Rafael', 'Conceição', 'rafael.conceicao'],
  ingrid: ['Ingrid', 'Håkansson', 'ingrid.hakansson'],
  petr: ['Petr', 'Dvořáček', 'petr.dvoracek'],
  yuki: ['由紀', '山本', 'yuki.yamamoto', '山本 由紀'],
  daiki: ['大樹', '鈴木', 'daiki.suzuki', '鈴木 大樹'],
  ekaterina: ['Екатерина', 'Морозова', 'ekaterina.morozova'],
  sofia: ['Σοφία', 'Γεωργίου', 'sofia.georgiou'],
  david: ['דוד', 'כהן', 'david.cohen'],
  yusuf: ['يوسف', 'منصور', 'yusuf.mansour'],
  maryam: ['مريم', 'خليل', 'maryam.khalil'],
  gulnar: ['Гүлнар', 'Әбенова', 'gulnar.abenova'],
  priya: ['Priya', 'Raghunathan', 'priya.raghunathan'],
  kwame: ['Kwame', 'Mensah', 'kwame.mensah'],
  siobhan: ['Siobhán', 'Ní Bhriain', 'siobhan.nibhriain'],
  hans: ['Hans', 'Zimmermann', 'hans.zimmermann'],
  wei: ['伟', '李', 'wei.li', '李伟'],
  tamar: ['თამარ', 'ბერიძე', 'tamar.beridze'],
  arpi: ['Արփի', 'Գրիգորյան', 'arpi.grigoryan'],
});

export const northwindPeople = peopleOf('northwindtraders.com', {
  freya: ['Freya', 'Østergaard', 'freya.ostergaard'],
  mateusz: ['Mateusz', 'Zając', 'mateusz.zajac'],
  sakura: ['さくら', '高橋', 'sakura.takahashi', '高橋 さくら'],
  haim: ['חיים', 'אברמוביץ׳', 'haim.abramovich'],
  olga: ['Ольга', 'Кузнецова', 'olga.kuznetsova'],
  kostas: ['Κώστας', 'Αλεξίου', 'kostas.alexiou'],
  hind: ['هند', 'الزهراني', 'hind.alzahrani'],
  carlos: ['Carlos', 'Núñez', 'carlos.nunez'],
  emily: ['Emily', 'Carter', 'emily.carter'],
  giovanni: ['Giovanni', 'D’Angelo', 'giovanni.dangelo'],
  thao: ['Thảo', 'Phạm', 'thao.pham', 'Phạm Thảo'],
  seun: ['Olúwaṣeun', 'Adéyẹmí', 'seun.adeyemi'],
});

/** They look after several customers, and are guests nearly everywhere. */
export const consultants = peopleOf('adventure-works.com', {
  mira: ['Mira', 'Kovačević', 'mira.kovacevic'],
  samir: ['Samir', 'Bensaïd', 'samir.bensaid'],
  grace: ['Grace', 'Whitfield', 'grace.whitfield'],
  naoko: ['直子', '小林', 'naoko.kobayashi', '小林 直子'],
});
