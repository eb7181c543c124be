import { Card } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/EmptyState'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { PageHeader } from '@/components/PageHeader'
import { useFormat } from '@/i18n/format'

interface NotThereYetProps {
  day: string
  onDay: (day: string | undefined) => void
}

/** A goal on a day before it was set. */
export function NotThereYet({ day, onDay }: NotThereYetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <PageHeader title={t('moment.notThere')} actions={<MomentButton day={day} onDay={onDay} />} />
      <MomentNote day={day} onDay={onDay} />
      <Card>
        <EmptyState icon={IconHistory} title={t('moment.notThere')}>
          {t('moment.notThereText', { date: format.date(day) })}
        </EmptyState>
      </Card>
    </>
  )
}
