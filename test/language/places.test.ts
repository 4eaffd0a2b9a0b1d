import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, readPlace, type Place } from '../../src/language/index.ts';
import { cases, places, report, table, told, words } from './support.ts';

const write = ({ unit, province }: Place) => (unit === null ? province : `${unit} (${province})`);
const read = (text: string) => readPlace(text, words, places);
const provinceName = (id: string, former: boolean) =>
  table.provinces?.find((province) => province.id === id && province.former === former)?.name ?? '';

const TABLE = `
  xã Nga Sơn, Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  Nga Sơn Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  nga son thanh hoa => Xã Nga Sơn (thanh-hoa)
  huyện Nga Sơn => ✗ district-only
  huyện Nga Sơn, Thanh Hóa => ✗ district-only
  nga thanh nga son thanh hoa => ✗ ambiguous-place Xã Hồ Vương (thanh-hoa) Xã Nga Sơn (thanh-hoa)
  Nga Thanh, Nga Sơn, Thanh Hoá => Xã Nga Sơn (thanh-hoa)
  xã Nga Thành, huyện Nga Sơn => Xã Hồ Vương (thanh-hoa)
  nga thanh => ✗ ambiguous-place Xã Hồ Vương (thanh-hoa) Xã Nga Sơn (thanh-hoa)
  nga my nga son thanh hoa => ✗ unknown-unit
  xã Lam Sơn, huyện Ngọc Lặc => Xã Minh Sơn (thanh-hoa)
  xã Lam Sơn, Thanh Hóa => Xã Lam Sơn (thanh-hoa)
  TT. Nam Đàn => Xã Vạn An (nghe-an)
  tt nam dan nghe an => Xã Vạn An (nghe-an)
  Nam Đàn, Nghệ An => Xã Nam Đàn (nghe-an)
  p. Bến Cát => Phường Bến Cát (ho-chi-minh)
  phường Bến Cát, Bình Dương => Phường Bến Cát (ho-chi-minh)
  Bến Cát Bình Dương => Phường Bến Cát (ho-chi-minh)
  Bình Dương => ho-chi-minh
  tỉnh Bình Dương => ho-chi-minh
  TP HCM => ho-chi-minh
  tphcm => ho-chi-minh
  sài gòn => ho-chi-minh
  Thái Bình => hung-yen
  Hà Nam => ninh-binh
  Nam Định => ninh-binh
  Nam Định, Ninh Bình => Phường Nam Định (ninh-binh)
  Huế => hue
  TP Huế => hue
  Vũng Tàu => Phường Vũng Tàu (ho-chi-minh)
  Bà Rịa Vũng Tàu => ho-chi-minh
  Đà Lạt, Lâm Đồng => ✗ ambiguous-place Phường Cam Ly - Đà Lạt (lam-dong) Phường Lang Biang - Đà Lạt (lam-dong) Phường Lâm Viên - Đà Lạt (lam-dong) Phường Xuân Hương - Đà Lạt (lam-dong) Phường Xuân Trường - Đà Lạt (lam-dong)
  TP Thanh Hóa => ✗ district-only
  phường Đông Vệ, TP Thanh Hóa, Thanh Hóa => Phường Hạc Thành (thanh-hoa)
  thôn 3 xã Nga Sơn, Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  thôn Đông xã Nga Sơn huyện Nga Sơn tỉnh Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  số 12 đường Quảng Châu, phường Hạc Thành, Thanh Hóa => Phường Hạc Thành (thanh-hoa)
  đường Quảng Châu, phường Sầm Sơn, Thanh Hóa => Phường Sầm Sơn (thanh-hoa)
  Quảng Châu, Trung Quốc => ✗ abroad
  Quảng Châu => ✗ ambiguous-place Xã Quảng Châu (nghe-an) Phường Hồng Châu (hung-yen) Phường Sầm Sơn (thanh-hoa) Xã Hòa Trạch (quang-tri)
  xã Hoa Hồng, Thanh Hóa => ✗ unknown-unit
  xã Không Có Thật, tỉnh Thanh Hóa => ✗ unknown-unit
  xã Tân Tiến => ✗ many-places
  Tân Lập => ✗ many-places
  phường 9, Tuy Hòa => ✗ ambiguous-place Phường Bình Kiến (dak-lak) Phường Tuy Hòa (dak-lak)
  p9 tuy hoa phu yen => ✗ ambiguous-place Phường Bình Kiến (dak-lak) Phường Tuy Hòa (dak-lak)
  Phường 9, Tuy Hòa, Đắk Lắk => ✗ ambiguous-place Phường Bình Kiến (dak-lak) Phường Tuy Hòa (dak-lak)
  quận 1 => ✗ ambiguous-place Phường Bến Thành (ho-chi-minh) Phường Cầu Ông Lãnh (ho-chi-minh) Phường Sài Gòn (ho-chi-minh) Phường Tân Định (ho-chi-minh)
  phường Bến Nghé quận 1 => Phường Sài Gòn (ho-chi-minh)
  p bến nghé q1 tphcm => Phường Sài Gòn (ho-chi-minh)
  Thanh Hóa, Nga Sơn, Nga Thanh => Xã Nga Sơn (thanh-hoa)
  Thanh Hóa => thanh-hoa
  thanh hao => thanh-hoa
  Nga Sơn Thanh Hao => Xã Nga Sơn (thanh-hoa)
  Nga Sownn Thanh Hoas => ✗ unknown-unit
  ở nga sơn thanh hóa ạ => Xã Nga Sơn (thanh-hoa)
  xưởng em ở xã Nga Sơn, Thanh Hóa nhé => Xã Nga Sơn (thanh-hoa)
  Quãng Trị => quang-tri
  Côn Đảo => Đặc khu Côn Đảo (ho-chi-minh)
  huyện Côn Đảo, Bà Rịa - Vũng Tàu => Đặc khu Côn Đảo (ho-chi-minh)
  Phú Quốc, Kiên Giang => Đặc khu Phú Quốc (an-giang)
  Việt Nam => ✗ no-place
  cả nước => ✗ whole-country
  xyz => ✗ no-place
  xã Thanh Hóa => Xã Tuyên Lâm (quang-tri)
  xa nga an huyen nga son tinh thanh hoa => Xã Nga An (thanh-hoa)
  Xuân Hương, Đà Lạt, Lâm Đồng => Phường Xuân Hương - Đà Lạt (lam-dong)
  phường Thủ Đức, TPHCM => Phường Thủ Đức (ho-chi-minh)
  TP Thủ Đức => ✗ district-only
  xã Bình Dương, Gia Lai => Xã Bình Dương (gia-lai)
  xã Ea H'leo, Đắk Lắk => Xã Ea H’Leo (dak-lak)
  xa ea hleo dak lak => Xã Ea H’Leo (dak-lak)
  Dak Lak => dak-lak
  Thừa Thiên Huế => hue
  ngason thanhhoa => Xã Nga Sơn (thanh-hoa)
  Hồ Vương, Nga Sơn, Thanh Hóa => Xã Hồ Vương (thanh-hoa)
  Kỳ Anh, Hà Tĩnh => Xã Kỳ Anh (ha-tinh)
  Xóm 5, Quỳnh Lưu, Nghệ An => Xã Quỳnh Lưu (nghe-an)
  12 Lê Lợi, phường Hạc Thành, Thanh Hóa => Phường Hạc Thành (thanh-hoa)
  Hưng Yên => hung-yen
  xã Đông Hưng, Thái Bình => Xã Đông Hưng (hung-yen)
  Đông Hưng, Hưng Yên => Xã Đông Hưng (hung-yen)
  huyện Châu Thành => ✗ district-only
  Hà Nội => ha-noi
  q. cầu giấy hà nội => ✗ ambiguous-place Phường Cầu Giấy (ha-noi) Phường Nghĩa Đô (ha-noi) Phường Phú Diễn (ha-noi) Phường Yên Hòa (ha-noi)
  Dịch Vọng, Cầu Giấy, Hà Nội => ✗ ambiguous-place Phường Cầu Giấy (ha-noi) Phường Nghĩa Đô (ha-noi)
  xã nga sơn (trước là xã Nga Thanh), Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  xã Hoa Lư Mới, Ninh Bình => Phường Hoa Lư (ninh-binh)
  xa khong ton tai thanh hoa => ✗ unknown-unit
  Nga Xyz, Nga Sơn, Thanh Hóa => ✗ unknown-unit
  xã Nga Mai, Thanh Hóa => ✗ unknown-unit
  phường Tân Hóa, Thanh Hóa => ✗ unknown-unit
  xã Trường Sa, Thanh Hóa => ✗ unknown-unit
  xã Phú Mỹ Hưng, Hà Nội => ✗ unknown-unit
  Bắc Sơn => ✗ many-places
  phường Bắc Sơn, Sầm Sơn, Thanh Hóa => Phường Sầm Sơn (thanh-hoa)
  phuong bac son sam son thanh hoa => Phường Sầm Sơn (thanh-hoa)
  TX Nghi Sơn, Thanh Hóa => ✗ district-only
  xã Hải Yến, thị xã Nghi Sơn => ✗ ambiguous-place Phường Hải Bình (thanh-hoa) Phường Nghi Sơn (thanh-hoa) Phường Đào Duy Từ (thanh-hoa)
  huyện Mường Lát => ✗ district-only
  huyện Mường Lát, Thanh Hóa => ✗ district-only
  huyện Lý Sơn => Đặc khu Lý Sơn (quang-ngai)
  huyện Đông Anh, Hà Nội => ✗ ambiguous-place Xã Phúc Thịnh (ha-noi) Xã Thiên Lộc (ha-noi) Xã Thư Lâm (ha-noi) Xã Vĩnh Thanh (ha-noi) Xã Đông Anh (ha-noi)
  huyen kim bang ha nam => ✗ district-only
  thị xã Duy Tiên, Hà Nam => ✗ ambiguous-place Phường Duy Hà (ninh-binh) Phường Duy Tiên (ninh-binh) Phường Duy Tân (ninh-binh) Phường Tiên Sơn (ninh-binh) Phường Đồng Văn (ninh-binh)
  TP Phủ Lý => ✗ ambiguous-place Phường Châu Sơn (ninh-binh) Phường Hà Nam (ninh-binh) Phường Liêm Tuyền (ninh-binh) Phường Phù Vân (ninh-binh) Phường Phủ Lý (ninh-binh)
  phường Phủ Lý, Ninh Bình => Phường Phủ Lý (ninh-binh)
  xã Yên Khánh, Ninh Bình => Xã Yên Khánh (ninh-binh)
  TT Yên Ninh, Yên Khánh, Ninh Bình => Xã Yên Khánh (ninh-binh)
  thị trấn Yên Ninh huyện Yên Khánh tỉnh Ninh Bình => Xã Yên Khánh (ninh-binh)
  Thuận An, Bình Dương => Phường Thuận An (ho-chi-minh)
  tp thuận an bình dương => ✗ ambiguous-place Phường An Phú (ho-chi-minh) Phường Bình Hòa (ho-chi-minh) Phường Lái Thiêu (ho-chi-minh) Phường Thuận An (ho-chi-minh) Phường Thuận Giao (ho-chi-minh)
  phường Lái Thiêu, Thuận An, Bình Dương => Phường Lái Thiêu (ho-chi-minh)
  phuong lai thieu tp thuan an tinh binh duong => Phường Lái Thiêu (ho-chi-minh)
  Dĩ An => Phường Dĩ An (ho-chi-minh)
  thủ dầu một => Phường Thủ Dầu Một (ho-chi-minh)
  Tp. Thủ Dầu Một, Bình Dương => ✗ ambiguous-place Phường Bình Dương (ho-chi-minh) Phường Chánh Hiệp (ho-chi-minh) Phường Phú An (ho-chi-minh) Phường Phú Lợi (ho-chi-minh) Phường Thủ Dầu Một (ho-chi-minh)
  xã Bạch Đằng, Tân Uyên, Bình Dương => Phường Tân Uyên (ho-chi-minh)
  Hưng Hà, Thái Bình => Xã Hưng Hà (hung-yen)
  TT Hưng Hà, Hưng Hà, Thái Bình => Xã Hưng Hà (hung-yen)
  xa minh khai vu thu thai binh => Xã Vũ Thư (hung-yen)
  Văn Giang, Hưng Yên => Xã Văn Giang (hung-yen)
  Ecopark Văn Giang Hưng Yên => ✗ unknown-unit
  KCN Sóng Thần, Dĩ An, Bình Dương => Phường Dĩ An (ho-chi-minh)
  khu phố 3, phường Tân Định, TX Bến Cát, Bình Dương => Phường Hòa Lợi (ho-chi-minh)
  ấp 4 xã Tân Hiệp Hóc Môn TP.HCM => Xã Hóc Môn (ho-chi-minh)
  F.12 Q.Gò Vấp TPHCM => Phường An Hội Tây (ho-chi-minh)
  P.12, Q.10, TP. HCM => Phường Hòa Hưng (ho-chi-minh)
  phường 12 quận 10 hcm => Phường Hòa Hưng (ho-chi-minh)
  phuong 12 go vap => Phường An Hội Tây (ho-chi-minh)
  quận Gò Vấp => ✗ district-only
  Gò Vấp, TP HCM => Phường Gò Vấp (ho-chi-minh)
  đặc khu Phú Quốc => Đặc khu Phú Quốc (an-giang)
  Phú Quốc => Đặc khu Phú Quốc (an-giang)
  đảo Lý Sơn => Đặc khu Lý Sơn (quang-ngai)
  xã Lý Sơn => Đặc khu Lý Sơn (quang-ngai)
  xóm Đông, Nga Sơn, Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  làng nghề Nga Sơn, Thanh Hóa => ✗ district-only
  chợ Huyện, xã Nga Sơn, Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  Công ty May 10, xã Nga Sơn, Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  Nga Sơn, Thanh Hóa (xã Nga Sơn) => Xã Nga Sơn (thanh-hoa)
  Thanh Hoá => thanh-hoa
  TỈNH THANH HÓA => thanh-hoa
  T. Thanh Hóa => thanh-hoa
  Thanh Hóa, Việt Nam => thanh-hoa
  ở Thanh Hóa => thanh-hoa
  tinh thanh hoa viet nam => thanh-hoa
  Hà Tây => ✗ ambiguous-place Xã Hà Tây (hai-phong) Xã Ia Khươl (gia-lai)
  Hà Nội, Thanh Hóa => ✗ unknown-unit
  Vĩnh Phúc cũ => phu-tho
  Hòa Bình => phu-tho
  Hoà Bình => phu-tho
  xã Mông Hóa, Hòa Bình => Phường Kỳ Sơn (phu-tho)
  Đông Nai => dong-nai
  TP Đồng Nai => dong-nai
  tỉnh Đồng Nai => dong-nai
  Long Thành, Đồng Nai => Xã Long Thành (dong-nai)
  Biên Hòa => Phường Biên Hòa (dong-nai)
  Quảng Nam Đà Nẵng => da-nang
  Hội An, Quảng Nam => Phường Hội An (da-nang)
  Hội An => ✗ ambiguous-place Phường Hội An (da-nang) Xã Hội An (an-giang)
  Tam Kỳ => ✗ ambiguous-place Phường Tam Kỳ (da-nang) Xã Kim Thành (hai-phong)
  Bến Tre => vinh-long
  phường An Hội, Bến Tre => Phường An Hội (vinh-long)
  Ninh Kiều, Cần Thơ => Phường Ninh Kiều (can-tho)
  xã Thới Hưng, Cờ Đỏ, Cần Thơ => Xã Thới Hưng (can-tho)
  Rạch Giá => Phường Rạch Giá (an-giang)
  Buôn Ma Thuột => Phường Buôn Ma Thuột (dak-lak)
  Tp Buôn Ma Thuột, Đắk Lắk => ✗ district-only
  Daklak => dak-lak
  Kon Tum => quang-ngai
  Sapa => Phường Sa Pa (lao-cai)
  Sa Pa, Lào Cai => Phường Sa Pa (lao-cai)
  thị xã Sa Pa => ✗ district-only
  Mộc Châu => ✗ ambiguous-place Phường Mộc Châu (son-la) Phường Thảo Nguyên (son-la) Phường Vân Sơn (son-la) Xã Đoàn Kết (son-la) Phường Mộc Sơn (son-la)
  Mộc Châu, Sơn La => Phường Mộc Châu (son-la)
  TT Mộc Châu Sơn La => ✗ ambiguous-place Phường Mộc Châu (son-la) Phường Thảo Nguyên (son-la) Phường Vân Sơn (son-la) Xã Đoàn Kết (son-la) Phường Mộc Sơn (son-la)
  Chương Mỹ Hà Nội => Phường Chương Mỹ (ha-noi)
  xã Phú Nghĩa, Chương Mỹ, Hà Nội => Xã Phú Nghĩa (ha-noi)
  xa phu nghia chuong my ha noi => Xã Phú Nghĩa (ha-noi)
  12/3 đường Nguyễn Văn Linh, phường Tân Phú, quận 7, TP.HCM => Phường Tân Mỹ (ho-chi-minh)
  em không biết => ✗ no-place
  không rõ => ✗ no-place
  Thanh Hóa hoặc Nghệ An => ✗ unknown-unit
  xã Nga Sơn, Nghệ An => ✗ unknown-unit
  xã Nga Sơn, huyện Hoằng Hóa, Thanh Hóa => ✗ unknown-unit
  xã Hoằng Lộc, Hoằng Hoá, Thanh Hoá => Xã Hoằng Lộc (thanh-hoa)
  Tĩnh Gia, Thanh Hóa => Phường Tĩnh Gia (thanh-hoa)
  Nga Sơn; Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  nga sơn - thanh hóa => Xã Nga Sơn (thanh-hoa)
  Nga Sơn-Thanh Hóa => Xã Nga Sơn (thanh-hoa)
  Nga  Sơn ,Thanh  Hóa => Xã Nga Sơn (thanh-hoa)
  NGA SƠN THANH HÓA => Xã Nga Sơn (thanh-hoa)
  Nga Sơn, TH => Xã Nga Sơn (thanh-hoa)
  Quỳnh Luu, Nghe An => Xã Quỳnh Lưu (nghe-an)
  quỳnh lưu nghê an => Xã Quỳnh Lưu (nghe-an)
  Thanh Hoas Nga Sown => Xã Nga Sơn (thanh-hoa)
  thanh hoa1 => thanh-hoa
  Ngan Sơn, Thanh Hóa => ✗ unknown-unit
  phường Hàm Rồng, Thanh Hóa => Phường Hàm Rồng (thanh-hoa)
  xa hoang quy => ✗ ambiguous-place Xã Hoằng Giang (thanh-hoa) Xã Hoằng Phú (thanh-hoa)
  Hoằng Quỳ => Xã Hoằng Giang (thanh-hoa)
  xã Hoằng Quý, Hoằng Hóa => Xã Hoằng Phú (thanh-hoa)
  xã Nga Sơn Thượng, Thanh Hóa => ✗ unknown-unit
  xã Thiên Đường, Ninh Bình => ✗ no-place
  phường Bình An Lạc, TP HCM => ✗ unknown-unit
  xã Tân Tây Đô, Hà Nội => ✗ unknown-unit
  thị trấn Vân Đình, Hà Nội => Xã Vân Đình (ha-noi)
  Hà Đông => ✗ ambiguous-place Phường Hà Đông (ha-noi) Xã Hà Đông (hai-phong) Xã Hà Trung (thanh-hoa) Xã Đak Sơmei (gia-lai)
  quận Hà Đông, Hà Nội => ✗ district-only
  phường Văn Quán, Hà Đông => Phường Hà Đông (ha-noi)
  xã Thanh Thủy, huyện Hương Thủy => Phường Thanh Thủy (hue)
  Bình Lục, Hà Nam => Xã Bình Lục (ninh-binh)
  TT Bình Mỹ, Bình Lục, Hà Nam => Xã Bình Mỹ (ninh-binh)
  xã Tiên Nội, Duy Tiên, Hà Nam => Phường Tiên Sơn (ninh-binh)
  xa tien noi duy tien ha nam => Phường Tiên Sơn (ninh-binh)
  Ý Yên Nam Định => Xã Ý Yên (ninh-binh)
  xã Yên Ninh, Ý Yên, Nam Định => Xã Vũ Dương (ninh-binh)
  xa yen ninh y yen nam dinh => Xã Vũ Dương (ninh-binh)
  TT Lâm, Ý Yên => Xã Ý Yên (ninh-binh)
  thị trấn Lâm Ý Yên Nam Định => Xã Ý Yên (ninh-binh)
  xã Hải Minh Hải Hậu Nam Định => Xã Hải Anh (ninh-binh)
  Kim Sơn, Ninh Bình => Xã Kim Sơn (ninh-binh)
  TT Phát Diệm => Xã Phát Diệm (ninh-binh)
  Kiến Xương, Thái Bình => Xã Kiến Xương (hung-yen)
  xã Vũ Quý, Kiến Xương => Xã Vũ Quý (hung-yen)
  làng Vạn Phúc, Hà Đông, Hà Nội => Phường Hà Đông (ha-noi)
  tổ 5 phường Hàm Rồng => ✗ ambiguous-place Phường Hàm Rồng (thanh-hoa) Phường Sa Pa (lao-cai)
  tdp 3, P. Hàm Rồng, TP Thanh Hóa => Phường Hàm Rồng (thanh-hoa)
  KP 2, TT Dầu Tiếng, Bình Dương => Xã Dầu Tiếng (ho-chi-minh)
  ấp Cầu Đò, xã An Điền, thị xã Bến Cát, Bình Dương => Phường Long Nguyên (ho-chi-minh)
  Phú Giáo Bình Dương => Xã Phú Giáo (ho-chi-minh)
  xã Vĩnh Hòa, Phú Giáo => Xã Phước Hòa (ho-chi-minh)
  bắc tân uyên => Xã Bắc Tân Uyên (ho-chi-minh)
  huyện Bắc Tân Uyên, Bình Dương => ✗ ambiguous-place Phường Bình Cơ (ho-chi-minh) Phường Tân Uyên (ho-chi-minh) Phường Vĩnh Tân (ho-chi-minh) Xã Bắc Tân Uyên (ho-chi-minh) Xã Thường Tân (ho-chi-minh)
  Bàu Bàng => Xã Bàu Bàng (ho-chi-minh)
  phường 3, Vũng Tàu => Phường Vũng Tàu (ho-chi-minh)
  Phường 3 TP Vũng Tàu => Phường Vũng Tàu (ho-chi-minh)
  Xuyên Mộc, BRVT => Xã Xuyên Mộc (ho-chi-minh)
  Sài Gòn => ho-chi-minh
  Q1 => ✗ ambiguous-place Phường Bến Thành (ho-chi-minh) Phường Cầu Ông Lãnh (ho-chi-minh) Phường Sài Gòn (ho-chi-minh) Phường Tân Định (ho-chi-minh)
  Quận 12 => ✗ ambiguous-place Phường An Phú Đông (ho-chi-minh) Phường Thới An (ho-chi-minh) Phường Trung Mỹ Tây (ho-chi-minh) Phường Tân Thới Hiệp (ho-chi-minh) Phường Đông Hưng Thuận (ho-chi-minh)
  phường Sài Gòn, TP HCM => Phường Sài Gòn (ho-chi-minh)
  xã An Phú Đông, quận 12 => Phường An Phú Đông (ho-chi-minh)
  Cần Giờ => Xã Cần Giờ (ho-chi-minh)
  xã Lý Nhơn, Cần Giờ => Xã An Thới Đông (ho-chi-minh)
  Nghi Sơn => Phường Nghi Sơn (thanh-hoa)
  phường Nghi Sơn => Phường Nghi Sơn (thanh-hoa)
  Quảng Xương => ✗ district-only
  xã Quảng Chính, Quảng Xương, Thanh Hóa => Xã Quảng Chính (thanh-hoa)
  Hậu Lộc => ✗ ambiguous-place Xã Hậu Lộc (thanh-hoa) Xã Cái Ngang (vinh-long)
  TT Hậu Lộc, Thanh Hóa => Xã Hậu Lộc (thanh-hoa)
  Lào Cai => lao-cai
  Lào => ✗ abroad
  Nga => ✗ abroad
  nước ngoài => ✗ abroad
  Hàn Quốc => ✗ abroad
  tỉnh khác => ✗ no-place
  nhà em => ✗ no-place
  gần cầu Hàm Rồng => ✗ no-place
  Thanh Hóa city => ✗ unknown-unit
  huyện Nông Cống tỉnh Thanh Hoá xã Vạn Thắng => Xã Nông Cống (thanh-hoa)
  Tỉnh Thanh Hóa, huyện Nông Cống, xã Vạn Thắng => Xã Nông Cống (thanh-hoa)
  em ở Vạn Thắng, Nông Cống ạ => Xã Nông Cống (thanh-hoa)
  xã Vạn Thắng h. Nông Cống t. Thanh Hóa => Xã Nông Cống (thanh-hoa)
  hung yen khoai chau dong tao => Xã Hoàn Long (hung-yen)
  xã Đông Tảo, Khoái Châu, Hưng Yên => Xã Hoàn Long (hung-yen)
  Tp Hưng Yên => ✗ ambiguous-place Phường Hồng Châu (hung-yen) Phường Phố Hiến (hung-yen) Phường Sơn Nam (hung-yen) Xã Tân Hưng (hung-yen)
  TP. Hưng Yên => ✗ ambiguous-place Phường Hồng Châu (hung-yen) Phường Phố Hiến (hung-yen) Phường Sơn Nam (hung-yen) Xã Tân Hưng (hung-yen)
  phố Hiến => Phường Phố Hiến (hung-yen)
  phường Phố Hiến, Hưng Yên => Phường Phố Hiến (hung-yen)
  xã Phương Chiểu => ✗ ambiguous-place Phường Phố Hiến (hung-yen) Xã Tân Hưng (hung-yen)
  Mỹ Hào => Phường Mỹ Hào (hung-yen)
  thị xã Mỹ Hào, Hưng Yên => ✗ ambiguous-place Phường Mỹ Hào (hung-yen) Phường Thượng Hồng (hung-yen) Phường Đường Hào (hung-yen)
  phường Bần Yên Nhân, Mỹ Hào => Phường Mỹ Hào (hung-yen)
`;

describe('a place as typed', () => {
  test.each(cases(TABLE))('«%s» is %s', (text, expected) => {
    expect(told(read(text), write)).toBe(expected);
  });

  test('every unit of today is found by its name and province', () => {
    const missed = table.units.filter(({ name, province, code }) => {
      const heard = read(`${name}, ${provinceName(province, false)}`);
      return !heard.understood || heard.value.unitCode !== code;
    });
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test('every unit of today is found without its type', () => {
    const missed = table.units.filter(({ name, province, code }) => {
      const heard = read(`${name.replace(/^(Xã|Phường|Đặc khu) /, '')}, ${provinceName(province, false)}`);
      return !heard.understood || heard.value.unitCode !== code;
    });
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test('every old unit leads to the units of its mapping, also typed without diacritics or commas', () => {
    const missed = (table.oldUnits ?? []).filter(({ name, district, units }) => {
      const old = table.districts?.[district];
      if (name === '' || old === undefined) return false;
      const full = `${name} ${old.name} ${provinceName(old.province, true)}`;
      return ![full, fold(full)].every((text) => {
        const heard = read(text);
        const codes = heard.understood
          ? [heard.value.unitCode]
          : (heard.candidates ?? []).map(({ unitCode }) => unitCode);
        const sound = heard.understood ? units.length === 1 : codes.length > 1;
        return sound && units.every((unit) => codes.includes(table.units[unit]?.code));
      });
    });
    expect(missed.map(({ name }) => name)).toEqual([]);
  }, 120_000);

  test('a commune that does not exist is never taken for its province nor for another unit', () => {
    const syllable = fc.constantFrom('Bịa', 'Đặt', 'Hoa', 'Hồng', 'Kẹo', 'Bánh', 'Trời', 'Mây', 'Lúa', 'Xoài');
    const former = (table.provinces ?? []).map(({ name }) => name);
    const keys = new Set(places.byKey.keys());
    fc.assert(
      fc.property(fc.tuple(syllable, syllable), fc.constantFrom(...former), ([one, two], province) => {
        fc.pre(!keys.has(fold(one + two)));
        expect(read(`xã ${one} ${two}, ${province}`).understood).toBe(false);
        expect(read(`${one} ${two} ${province}`).understood).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('never throws and answers soon, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        read(text);
      }),
    );
    expect(read('xã '.repeat(30) + 'Nga Sơn').understood).toBeDefined();
  });
});

describe('the former province', () => {
  test.each([
    ['phường Bến Cát, Bình Dương', 'binh-duong'],
    ['Bình Dương', 'binh-duong'],
    ['xã Nga Sơn, Thanh Hóa', 'thanh-hoa'],
    ['huyện Côn Đảo', 'ba-ria-vung-tau'],
    ['Thái Bình', 'thai-binh'],
    ['Hưng Yên', undefined],
  ])('of «%s» is %s', (text, expected) => {
    const heard = read(text);
    expect(heard.understood ? heard.value.formerProvince : heard.why).toBe(expected);
  });
});

describe('the table of places', () => {
  test('has all units, and resolves every row of the mapping', () => {
    expect(report).toMatchObject({ units: 3321, unresolved: 0, withoutOldName: 5 });
    expect(report.byName).toBeGreaterThan(400);
    expect(table.provinces?.filter(({ former }) => !former)).toHaveLength(34);
    expect(table.provinces?.filter(({ former }) => former)).toHaveLength(63);
  });

  test('writes names in NFC with single blanks', () => {
    expect(table.units.filter(({ name }) => name !== name.normalize('NFC').replace(/\s+/g, ' ').trim())).toEqual([]);
  });
});
