import type { MantineColorsTuple } from '@mantine/core'

// Ten steps each at equal lightness in OKLCH. White text stands on step 6 of `brand` (5.3:1);
// text in a hue uses step 8 on light surfaces and step 3 on dark ones (7:1 or more).
export const brand: MantineColorsTuple = [
  '#f4f5ff',
  '#e4e7fd',
  '#cad0fb',
  '#aeb5f8',
  '#8e95f2',
  '#7174ea',
  '#5d58e0',
  '#4d45c8',
  '#3e36a4',
  '#2f2a80',
]

export const leaf: MantineColorsTuple = [
  '#ebfbf3',
  '#d6f6e5',
  '#adefcf',
  '#83e1b6',
  '#51cf9b',
  '#1fba84',
  '#069e6f',
  '#068059',
  '#076546',
  '#044f36',
]

export const amber: MantineColorsTuple = [
  '#fff7ee',
  '#ffedd9',
  '#ffdfb8',
  '#fecc8d',
  '#feb858',
  '#f9a512',
  '#da8f06',
  '#ae7102',
  '#8c5a03',
  '#6e4604',
]

export const coral: MantineColorsTuple = [
  '#fff4f3',
  '#fee4e2',
  '#fecbc7',
  '#fea5a1',
  '#f87e7a',
  '#ec5b5c',
  '#d73d44',
  '#bc2c35',
  '#992129',
  '#771c20',
]

export const sky: MantineColorsTuple = [
  '#f0f8fe',
  '#d9effe',
  '#b5dffe',
  '#83cafb',
  '#4eb2f1',
  '#1a9ce1',
  '#0586c4',
  '#066da1',
  '#045883',
  '#04476b',
]

/** Mantine's `dark` scale: 0 is text, 2 quiet text, 4 a border, 6 a card, 8 the canvas. */
export const ink: MantineColorsTuple = [
  '#e8e9ef',
  '#ced0db',
  '#adb0bf',
  '#8c90a2',
  '#34384c',
  '#262a3b',
  '#181b29',
  '#161925',
  '#0d0f18',
  '#070811',
]
