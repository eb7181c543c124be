import { Card, Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Skeletons.module.css'

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%']

export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Stack gap="lg" aria-hidden>
      {WIDTHS.slice(0, rows).map((width) => (
        <Group key={width} gap="sm" wrap="nowrap">
          <Skeleton circle height={36} />
          <Stack gap={8} flex={1}>
            <Skeleton height={11} width={width} />
            <Skeleton height={9} width="30%" />
          </Stack>
          <Skeleton height={10} width={90} />
        </Group>
      ))}
    </Stack>
  )
}

/** The shape of a page while its data is on the way. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <Stack gap="xl" aria-busy>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      <Stack gap={10} aria-hidden>
        <Skeleton height={28} width={260} />
        <Skeleton height={14} width={180} />
      </Stack>
      <Card aria-hidden>
        <RowsSkeleton />
      </Card>
    </Stack>
  )
}

/** The frame of the page, as long as it is not known who is there. */
export function ShellSkeleton() {
  return (
    <div className={classes.frame}>
      <div className={classes.sidebar} />
      <div className={classes.main}>
        <PageSkeleton />
      </div>
    </div>
  )
}
