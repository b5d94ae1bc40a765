import type { Texts } from './en.ts'

export const ja: Texts = {
  mail: {
    greeting: (name) => `${name} 様`,
    greetingWithoutName: 'ご利用者様',
    messageFrom: (company) => `${company}からのメッセージ：`,
    linkBelow: 'ボタンが使えない場合は、次のアドレスをコピーしてブラウザーに貼り付けてください。',
    expires: (when) =>
      `このリンクは一度だけ使えます。有効期限は${when}です。期限が過ぎた場合は、同じページで新しいリンクを請求できます。`,
    ignore: (company) => `このメールに心当たりがない場合は、破棄していただくか、${company}にお問い合わせください。`,
    email: 'メールアドレス',
    password: 'パスワード',
    mustChange: '初回ログイン時に、ご自身の新しいパスワードを設定していただきます。',
    forSomebody: {
      subject: (who, subject) => `${who} 様宛：${subject}`,
      line: (who) => `このメールは${who} 様宛です。ほかの方には送られていませんので、ご本人にお渡しください。`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `${company}のアカウントを有効にしてください`,
      preview: (company) => `${company}のアカウントのパスワードを設定してください。`,
      intro: (company) =>
        `${company}の学習プラットフォームにアカウントが作成されました。まずパスワードを設定してください。`,
      button: 'パスワードを設定する',
    },
    invitation: {
      subject: (company) => `${company}の学習プラットフォームへの招待`,
      preview: (company) => `${company}からの招待を承諾して、パスワードを設定してください。`,
      intro: (company) =>
        `${company}の学習プラットフォームに招待されています。承諾するには、パスワードを設定してください。設定するとアカウントが作成されます。`,
      button: '招待を承諾する',
    },
    password: {
      subject: (company) => `${company}のパスワードのお知らせ`,
      preview: (company) => `${company}のアカウントのパスワードです。`,
      intro: (company) =>
        `${company}の学習プラットフォームのアカウントにパスワードが設定されました。次のメールアドレスとパスワードでログインしてください。`,
      button: 'ログイン',
    },
    welcome: {
      subject: (company) => `${company}のアカウントのお知らせ`,
      preview: (company) => `${company}にログインできるようになりました。`,
      intro: (company) =>
        `${company}の学習プラットフォームにアカウントが用意されています。パスワードは管理者からお知らせします。次のメールアドレスでログインしてください。`,
      button: 'ログイン',
    },
  },
  report: {
    subjects: {
      completed: (file) => `${file}のインポート：完了`,
      checked: (file) => `${file}のテスト実行：確認済み（何も登録されていません）`,
      rejected: (file) => `${file}のインポート：却下（何も登録されていません）`,
      cancelled: (file) => `${file}のインポート：中止`,
      failed: (file) => `${file}のインポート：失敗`,
    },
    intros: {
      completed: (file) => `${file}のインポートが完了しました。`,
      checked: (file) =>
        `${file}のテスト実行が完了しました。何も登録されず、メールは誰にも送信されていません。インポートした場合の結果は次のとおりです。`,
      rejected: (file) => `${file}のインポートは却下されました。何も登録されず、メールは誰にも送信されていません。`,
      cancelled: (file) => `${file}のインポートは中止されました。それまでに行われた処理の結果は残ります。`,
      failed: (file) => `${file}のインポートは失敗し、再開できません。それまでに行われた処理の結果は残ります。`,
    },
    reason: '理由',
    counts: {
      records: 'ファイルの件数',
      created: '作成',
      invited: '招待',
      updated: '変更',
      skipped: '変更なし',
      invalid: 'エラーあり',
      assignments: 'コースの割り当て',
      emailsSent: '送信したメール',
      emailsFailed: '拒否されたメール',
    },
    button: '結果を見る',
  },
  page: {
    forms: {
      activation: {
        title: 'パスワードの設定',
        intro: (company) =>
          `${company}の学習プラットフォームにアカウントが作成されました。パスワードを設定すると使えるようになります。`,
        button: 'アカウントを有効にする',
      },
      invitation: {
        title: '招待の承諾',
        intro: (company) =>
          `${company}の学習プラットフォームに招待されています。パスワードを設定すると、アカウントが作成されます。`,
        button: 'アカウントを作成する',
      },
    },
    account: (email) => `アカウント：${email}`,
    passwordLabel: 'パスワード',
    passwordRule: (min) =>
      `${min}文字以上。文字の種類は自由です。いくつかの単語をつなげると、安全で覚えやすくなります。`,
    errors: {
      tooShort: (min, found) => `入力されたのは${found}文字です。${min}文字以上にしてください。`,
      tooLong: (max) => `${max}文字以内にしてください。`,
      common: 'このパスワードは推測されやすいものです。別のパスワードにしてください。',
      personal: 'お名前、メールアドレス、会社名とは異なるパスワードにしてください。',
    },
    strength: {
      tooShort: '短すぎます',
      tooLong: '長すぎます',
      common: '推測されやすいため、別のものにしてください',
      personal: 'お名前やアドレス、会社名とほぼ同じです。別のものにしてください',
      fair: '強度：普通',
      good: '強度：強い',
      strong: '強度：とても強い',
    },
    show: '表示',
    hide: '非表示',
    doneTitle: 'アカウントが有効になりました',
    done: (company) => `パスワードを保存しました。${company}の学習プラットフォームにログインできます。`,
    usedTitle: 'このアカウントはすでに有効です',
    used: 'パスワードはすでに設定されています。そのパスワードでログインしてください。このリンクはもう必要ありません。',
    platform: 'プラットフォームへ',
    expiredTitle: 'このリンクは期限切れです',
    expired: (when) => `${when}に期限が切れました。新しいリンクをお送りしましょうか。`,
    endedTitle: '新しいリンクがあります',
    ended: 'このメールより新しいメールをお送りしています。最後に届いたメールのリンクをお使いください。',
    endedRenew: '見つからない場合は、もう一度お送りできます。',
    renewButton: '新しいリンクを受け取る',
    renewedTitle: '受信トレイをご確認ください',
    renewed:
      'このリンクがパスワード未設定のアカウントまたは有効な招待のものであれば、前回と同じ宛先に新しいメールをお送りしています。届くまで数分かかることがあります。以前のリンクは使えなくなります。',
    disabledTitle: 'このアカウントは無効になっています',
    disabled: (company) => `${company}の管理者にお問い合わせください。`,
    unknownTitle: 'このリンクは確認できません',
    unknown: 'メールのリンクをもう一度開くか、全体をコピーしてください。途中で切れている可能性があります。',
    busyTitle: 'アクセスが集中しています',
    busy: '少し待ってから、もう一度お試しください。',
    failedTitle: 'エラーが発生しました',
    failed: 'リンクではなく、こちら側の問題です。数分後にもう一度お試しください。',
  },
}
