import {
  Anchor,
  Box,
  Card,
  Group,
  Popover,
  SimpleGrid,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InsightNumbers } from '@/api/gen/types.gen'
import { ProgressBar } from '@/components/ProgressBar'
import { useFormat } from '@/i18n/format'
import { colorOf, STANDINGS, StatusBar } from './StatusBar'
import type { Counted } from './search'

/** The goals that each number is counted over. */
const OVER = {
  status: 'active',
  progress: 'measured',
  cadence: 'waiting',
  staleness: 'waiting',
  alignment: 'could_serve',
  states: 'goals',
} as const
type Key = keyof typeof OVER

export function NumberCards({ numbers }: { numbers: InsightNumbers }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
      <StatusCard {...numbers} />
      <ProgressCard {...numbers.progress} />
      {(['cadence', 'staleness', 'alignment'] as const).map((key) => (
        <ShareCard key={key} name={key} {...numbers[key]} />
      ))}
      <StatesCard {...numbers} />
    </SimpleGrid>
  )
}

interface NumberCardProps {
  name: Key
  n: number
  value: string
  children?: ReactNode
}

function NumberCard({ name, n, value, children }: NumberCardProps) {
  const { t } = useTranslation()
  return (
    <Card component="section" aria-label={t(`insights.numbers.${name}`)}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed">
          {t(`insights.numbers.${name}`)}
        </Text>
        <HowCounted name={name} />
      </Group>
      <Text fz={29} fw={690} lh={1.2} className="tabular">
        {value}
      </Text>
      <Leads to={OVER[name]}>{t(`insights.of.${name}`, { count: n })}</Leads>
      <Box mt="sm">{children}</Box>
    </Card>
  )
}

/** The definition of a number, and what of a goal it is counted from. */
function HowCounted({ name }: { name: Key }) {
  const { t } = useTranslation()
  return (
    <Popover width={300} position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton
          aria-label={`${t('insights.how')} ${t(`insights.numbers.${name}`)}`}
          title={t('insights.how')}
          p={6}
          m={-6}
        >
          <IconInfoCircle size={18} stroke={1.7} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          <Text size="sm" fw={620}>
            {t('insights.how')}
          </Text>
          <Text size="sm">{t(`insights.definition.${name}`)}</Text>
          <Text size="sm" c="dimmed">
            {t('insights.only')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** A count that opens to the goals that it counts. */
function Leads({ to, children }: { to: Counted; children: ReactNode }) {
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => (
        <Link
          from="/analytics"
          to="."
          search={(search) => ({ ...search, behind: to })}
          resetScroll={false}
          {...props}
        />
      )}
    >
      {children}
    </Anchor>
  )
}

function StatusCard({ status }: InsightNumbers) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <NumberCard
      name="status"
      n={status.n}
      value={status.n === 0 ? '–' : format.percent(status.on_track / status.n)}
    >
      <StatusBar status={status} label={t('insights.numbers.status')} />
      <Group gap="md" mt="xs">
        {STANDINGS.filter((one) => status[one] > 0).map((one) => (
          <Group key={one} gap={6}>
            <span
              aria-hidden
              style={{ width: 9, height: 9, borderRadius: 9, background: colorOf(one) }}
            />
            <Leads to={one}>
              {status[one]} {one === 'no_number' ? t('insights.noNumber') : t(`status.${one}`)}
            </Leads>
          </Group>
        ))}
      </Group>
    </NumberCard>
  )
}

function ProgressCard({ n, average, expected }: InsightNumbers['progress']) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <NumberCard name="progress" n={n} value={average === null ? '–' : format.percent(average)}>
      <ProgressBar
        label={t('insights.numbers.progress')}
        progress={average}
        expected={expected}
        status={null}
      />
      {expected !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('progress.expectedByNow', { percent: format.percent(expected) })}
        </Text>
      )}
    </NumberCard>
  )
}

const PARTS_OF_SHARES = {
  cadence: ['in_rhythm', 'out_of_rhythm'],
  staleness: ['stale'],
  alignment: ['serving', 'serving_none'],
} as const

type ShareCardProps = InsightNumbers['cadence'] & { name: 'cadence' | 'staleness' | 'alignment' }

function ShareCard({ name, n, count, share }: ShareCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <NumberCard name={name} n={n} value={share === null ? '–' : format.percent(share)}>
      <ProgressBar label={t(`insights.numbers.${name}`)} progress={share} status={null} />
      <Group gap="md" mt="xs">
        {PARTS_OF_SHARES[name].map((part, place) => (
          <Leads key={part} to={part}>
            {t(`insights.split.${part}`, { count: place === 0 ? count : n - count })}
          </Leads>
        ))}
      </Group>
    </NumberCard>
  )
}

function StatesCard({ states }: InsightNumbers) {
  const { t } = useTranslation()
  return (
    <NumberCard name="states" n={states.n} value={String(states.n)}>
      <Group gap="md">
        {(['active', 'closed', 'cancelled', 'archived'] as const)
          .filter((state) => states[state] > 0)
          .map((state) => (
            <Leads key={state} to={state}>
              {states[state]} {t(`status.${state}`)}
            </Leads>
          ))}
      </Group>
    </NumberCard>
  )
}
