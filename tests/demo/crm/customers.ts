/** Where a customer stands with Fence & Field. */
export type Stage = 'Enquiry' | 'Measured' | 'Quoted' | 'Building' | 'Done';

/** Somebody at a customer's, beside the customer. */
export interface Colleague {
  readonly name: string;
  readonly role: string;
  readonly address: string;
}

/** One customer of the demo CRM. All of them are invented; every host ends in `.example` (RFC 2606). */
export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly company: string;
  readonly town: string;
  readonly phone: string;
  readonly stage: Stage;
  readonly project: string;
  readonly valueEuros: number;
  /** Free notes, newest first; they may hold addresses in plain text. */
  readonly notes: readonly { readonly on: string; readonly by: string; readonly text: string }[];
  readonly colleagues: readonly Colleague[];
}

/** Who is signed in to the CRM. Not a contact of anybody's. */
export const OWNER = { name: 'Mo Harrow', address: 'mo.harrow@fence-and-field.example' };

/** Copies of mails are kept in the CRM when they are sent here too, as many CRMs have it. */
export const DROPBOX = 'dropbox@fence-and-field.example';

/** The customers, by id from 1. */
export const CUSTOMERS: readonly Customer[] = [
  {
    id: 1,
    name: 'Anna Berg',
    address: 'anna.berg@timber-and-sons.example',
    company: 'Timber & Sons',
    town: 'Ulm',
    phone: '+49 731 555 0142',
    stage: 'Quoted',
    project: 'Larch fence, 84 m',
    valueEuros: 12_480,
    notes: [
      {
        on: '12 May',
        by: 'Mo Harrow',
        text: 'Anna is away until Monday. Until then: Jonas Reuter <jonas.reuter@timber-and-sons.example>.',
      },
      {
        on: '9 May',
        by: 'Ines Lund',
        text: 'Invoices go to billing [at] timber-and-sons [dot] example, not to Anna.',
      },
      { on: '2 May', by: 'Mo Harrow', text: 'Measured with Anna. The slope needs stepped panels.' },
    ],
    colleagues: [
      { name: 'Jonas Reuter', role: 'Deputy', address: 'jonas.reuter@timber-and-sons.example' },
      { name: 'Frieda Maurer', role: 'Yard manager', address: 'yard@timber-and-sons.example' },
    ],
  },
  {
    id: 2,
    name: 'Siobhán O’Neill',
    address: 'siobhan@oneill-stud.example',
    company: 'O’Neill Stud Farm',
    town: 'Kildare',
    phone: '+353 45 555 018',
    stage: 'Building',
    project: 'Post-and-rail paddocks, 1,200 m',
    valueEuros: 61_200,
    notes: [
      { on: '11 May', by: 'Ines Lund', text: 'Second paddock first, the mares move on Friday.' },
    ],
    colleagues: [
      { name: 'Pádraig Byrne', role: 'Head groom', address: 'padraig@oneill-stud.example' },
    ],
  },
  {
    id: 3,
    name: 'Łukasz Nowak',
    address: 'l.nowak@brama.example',
    company: 'Brama Sp. z o.o.',
    town: 'Gdańsk',
    phone: '+48 58 555 01 77',
    stage: 'Measured',
    project: 'Sliding gate with drive',
    valueEuros: 7_350,
    notes: [],
    colleagues: [],
  },
  {
    id: 4,
    name: 'María García',
    address: 'maria.garcia@huerta-sol.example',
    company: 'Huerta del Sol',
    town: 'León',
    phone: '+34 987 55 01 20',
    stage: 'Enquiry',
    project: 'Deer fence for an orchard',
    valueEuros: 18_900,
    notes: [{ on: '13 May', by: 'Mo Harrow', text: 'Wants two offers: 1.8 m and 2.2 m.' }],
    colleagues: [],
  },
  {
    id: 5,
    name: '王小明',
    address: 'wang.xiaoming@garden-gate.example',
    company: 'Garden Gate Trading',
    town: 'Rotterdam',
    phone: '+31 10 555 0190',
    stage: 'Quoted',
    project: 'Bamboo screens, 40 pieces',
    valueEuros: 5_240,
    notes: [],
    colleagues: [],
  },
  {
    id: 6,
    name: 'Noor Haddad',
    address: 'noor.haddad@cedar-court.example',
    company: 'Cedar Court Residents',
    town: 'Ghent',
    phone: '+32 9 555 01 63',
    stage: 'Done',
    project: 'Courtyard railings',
    valueEuros: 9_980,
    notes: [{ on: '28 April', by: 'Ines Lund', text: 'Handed over. Ask for a photo in June.' }],
    colleagues: [],
  },
  {
    id: 7,
    name: 'Jörg Müller',
    address: 'j.mueller@gartenbau-mueller.example',
    company: 'Gartenbau Müller GmbH',
    town: 'Konstanz',
    phone: '+49 7531 555 09',
    stage: 'Building',
    project: 'Willow hurdles for a nursery',
    valueEuros: 14_100,
    notes: [],
    colleagues: [
      { name: 'Beate Müller', role: 'Accounts', address: 'buero@gartenbau-mueller.example' },
    ],
  },
  {
    id: 8,
    name: 'Ivana Petrova',
    address: 'ivana@iron-bridge.example',
    company: 'Iron Bridge Hotel',
    town: 'Plovdiv',
    phone: '+359 32 555 018',
    stage: 'Measured',
    project: 'Wrought-iron gate, restored',
    valueEuros: 22_750,
    notes: [],
    colleagues: [],
  },
];

/** The customer with an id; null when there is none. */
export function customerById(id: number): Customer | null {
  return CUSTOMERS.find((customer) => customer.id === id) ?? null;
}
