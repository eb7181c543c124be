import { Alert, Button, Card, Group, Popover, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconCalendarTime, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/format'
import { addDays, today } from '@/lib/dates'
import { EmptyState } from './EmptyState'
import { PageHeader } from './PageHeader'

interface MomentProps {
  /** The day that is looked at; none is now. */
  day: string | undefined
  onDay: (day: string | undefined) => void
}

interface MomentButtonProps extends MomentProps {
  /** Days to come may be asked for too. */
  ahead?: boolean
}

const BACK = { week: 7, month: 30, quarter: 91, year: 365 } as const

/** The one control of time: as of which day the page is read. It stands in the address. */
export function MomentButton({ day, onDay, ahead = false }: MomentButtonProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened, { toggle, close }] = useDisclosure()
  const now = today()
  const choose = (chosen: string) => {
    if (!ahead && chosen > now) return
    onDay(chosen && chosen !== now ? chosen : undefined)
  }
  return (
    <Popover opened={opened} onChange={toggle} trapFocus returnFocus position="bottom-end">
      <Popover.Target>
        <Button
          variant={day ? 'light' : 'default'}
          leftSection={<IconCalendarTime size={17} />}
          aria-label={day ? t('moment.asOf', { date: format.date(day) }) : t('moment.choose')}
          onClick={toggle}
        >
          {day ? format.date(day) : t('moment.today')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput
            type="date"
            label={t('moment.day')}
            value={day ?? now}
            max={ahead ? undefined : now}
            onChange={(event) => choose(event.currentTarget.value)}
            data-autofocus
          />
          <Group gap={6} maw={260}>
            {(Object.keys(BACK) as (keyof typeof BACK)[]).map((step) => (
              <Button
                key={step}
                size="compact-sm"
                variant="default"
                onClick={() => {
                  choose(addDays(now, -BACK[step]))
                  close()
                }}
              >
                {t(`moment.back.${step}`)}
              </Button>
            ))}
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Says that this is not how it is now, and leads back. */
export function MomentNote({ day, onDay }: MomentProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!day) return null
  const date = format.date(day)
  return (
    <Alert mb="md" icon={<IconHistory size={18} />} role="status">
      <Group justify="space-between" gap="xs">
        {day < today() ? t('moment.past', { date }) : t('moment.ahead', { date })}
        <Button
          size="compact-sm"
          variant="subtle"
          className="no-print"
          leftSection={<IconArrowBackUp size={16} />}
          onClick={() => onDay(undefined)}
        >
          {t('moment.return')}
        </Button>
      </Group>
    </Alert>
  )
}

interface NotThereYetProps extends MomentProps {
  text: string
}

/** A thing on a day before it was there, or before anything was kept of it. */
export function NotThereYet({ day, onDay, text }: NotThereYetProps) {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('moment.notThere')} actions={<MomentButton day={day} onDay={onDay} />} />
      <MomentNote day={day} onDay={onDay} />
      <Card>
        <EmptyState icon={IconHistory} title={t('moment.notThere')}>
          {text}
        </EmptyState>
      </Card>
    </>
  )
}
