import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { IconChecks, IconEyeCheck, IconTargetArrow } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageMenu } from '@/components/LanguageMenu'
import { Brand } from '@/components/Navigation'
import { ThemeMenu } from '@/components/ThemeMenu'
import classes from './AuthLayout.module.css'

const PROMISES = [
  { key: 'goals', icon: IconTargetArrow },
  { key: 'rhythm', icon: IconChecks },
  { key: 'trust', icon: IconEyeCheck },
] as const

/** The pages before signing in: the form on one side, what it leads to on the other. */
export function AuthLayout({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · perfapi`
  }, [title])
  return (
    <div className={classes.page}>
      <main className={classes.form}>
        <Group justify="space-between" w="100%">
          <Brand />
          <Group gap={4}>
            <LanguageMenu />
            <ThemeMenu />
          </Group>
        </Group>
        <Box className={classes.middle}>
          <Title order={1} mb="lg" id="page-title" tabIndex={-1} style={{ outline: 0 }}>
            {title}
          </Title>
          {children}
        </Box>
      </main>
      <aside className={classes.promise} aria-label={t('auth.promise.label')}>
        <Stack gap={28} maw={420}>
          <Text fz={30} fw={680} lh={1.22} style={{ letterSpacing: '-0.02em' }}>
            {t('auth.promise.title')}
          </Text>
          {PROMISES.map(({ key, icon: Icon }) => (
            <Group key={key} wrap="nowrap" align="flex-start" gap="md">
              <span className={classes.icon} aria-hidden>
                <Icon size={20} stroke={1.7} />
              </span>
              <div>
                <Text fw={620}>{t(`auth.promise.${key}.title`)}</Text>
                <Text size="sm" className={classes.quiet}>
                  {t(`auth.promise.${key}.text`)}
                </Text>
              </div>
            </Group>
          ))}
        </Stack>
      </aside>
    </div>
  )
}
