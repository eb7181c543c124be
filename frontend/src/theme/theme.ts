import {
  type CSSVariablesResolver,
  createTheme,
  type MantineThemeComponents,
  rem,
} from '@mantine/core'
import { amber, brand, coral, ink, leaf, sky } from './colors'

const fontFamily = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"

/** The list itself scrolls, so that the field which controls it makes it reachable by keyboard. */
const scrollingList = {
  withScrollArea: false,
  styles: { options: { maxHeight: 240, overflowY: 'auto' as const } },
}

/**
 * Written without `Component.extend`, which would load every component named here with the first
 * page, whether it shows one or not.
 */
const components: MantineThemeComponents = {
  Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } },
  Button: { defaultProps: { fw: 550 } },
  Card: { defaultProps: { withBorder: true, radius: 'lg', padding: 'lg', shadow: 'xs' } },
  Drawer: {
    defaultProps: { position: 'right', size: 'lg', overlayProps: { backgroundOpacity: 0.35 } },
    styles: { title: { fontSize: 18, fontWeight: 650, letterSpacing: '-0.015em' } },
  },
  // The placeholder is a child that a menu may not have.
  Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  Modal: { defaultProps: { radius: 'lg', centered: true } },
  Paper: { defaultProps: { radius: 'lg' } },
  Select: { defaultProps: scrollingList },
  Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  TagsInput: { defaultProps: scrollingList },
  Tooltip: {
    defaultProps: {
      withArrow: true,
      openDelay: 250,
      events: { hover: true, focus: true, touch: true },
    },
  },
}

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: 6,
  colors: { brand, leaf, amber, coral, sky, dark: ink },
  black: '#16182a',
  fontFamily,
  fontSmoothing: true,
  headings: {
    fontFamily,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: rem(27), lineHeight: '1.22' },
      h2: { fontSize: rem(18), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  radius: { xs: rem(4), sm: rem(6), md: rem(9), lg: rem(14), xl: rem(22) },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  shadows: {
    xs: '0 1px 2px rgb(20 22 50 / 5%)',
    sm: '0 1px 3px rgb(20 22 50 / 6%), 0 6px 18px rgb(20 22 50 / 4%)',
    md: '0 4px 12px rgb(20 22 50 / 8%), 0 16px 40px rgb(20 22 50 / 8%)',
  },
  components,
})

const HUES = { brand, leaf, amber, coral, sky }

/** Mantine's `light` variant takes its text from step 6, which fails AA in most hues. */
function readableHues(step: 3 | 8) {
  return Object.fromEntries(
    Object.entries(HUES).map(([name, tuple]) => [
      `--mantine-color-${name}-light-color`,
      tuple[step],
    ]),
  )
}

/** Mantine's tints for dark pages are so dark that they vanish on a card. */
function darkTints() {
  return Object.fromEntries(
    Object.keys(HUES).flatMap((name) => {
      const tint = (share: number) =>
        `color-mix(in srgb, var(--mantine-color-${name}-5) ${share}%, transparent)`
      return [
        [`--mantine-color-${name}-light`, tint(17)],
        [`--mantine-color-${name}-light-hover`, tint(26)],
      ]
    }),
  )
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...readableHues(8),
    '--mantine-color-gray-light-color': '#4a4f66',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#16182a',
    '--mantine-color-dimmed': '#565b73',
    '--mantine-color-placeholder': '#686d85',
    '--mantine-color-default-border': '#e3e5ef',
    '--app-input-border': '#8b90a6',
    '--mantine-color-error': coral[7],
    '--mantine-color-anchor': brand[7],
    '--app-canvas': '#f9f9fd',
    '--app-sidebar': '#f3f4fb',
    '--app-hover': '#f4f5fb',
    '--app-border': '#e3e5ef',
    '--app-track': '#e9ebf3',
    '--app-marker': '#2f3350',
    '--app-nav-active': brand[1],
    '--app-nav-active-text': brand[8],
    '--app-bar-leaf': leaf[5],
    '--app-bar-amber': amber[5],
    '--app-bar-coral': coral[5],
    '--app-bar-neutral': brand[4],
  },
  dark: {
    ...readableHues(3),
    ...darkTints(),
    '--mantine-color-gray-light-color': ink[1],
    '--mantine-color-gray-light': 'rgb(255 255 255 / 8%)',
    '--mantine-color-gray-light-hover': 'rgb(255 255 255 / 12%)',
    '--mantine-color-body': ink[7],
    '--mantine-color-text': ink[0],
    '--mantine-color-dimmed': ink[2],
    '--mantine-color-placeholder': '#9297ab',
    '--mantine-color-default-border': '#2b2f41',
    '--app-input-border': '#676d87',
    '--mantine-color-error': coral[3],
    '--mantine-color-anchor': brand[3],
    '--app-canvas': ink[8],
    '--app-sidebar': '#12141f',
    '--app-hover': '#1d2030',
    '--app-border': '#2b2f41',
    '--app-track': '#2b2f41',
    '--app-marker': '#f0f1f7',
    '--app-nav-active': '#25264a',
    '--app-nav-active-text': brand[2],
    '--app-bar-leaf': leaf[5],
    '--app-bar-amber': amber[5],
    '--app-bar-coral': coral[5],
    '--app-bar-neutral': brand[4],
  },
})
