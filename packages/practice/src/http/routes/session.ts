/** Signing in and out, the session, and the identity endpoint. */
import type { ModelSelection } from "../../wire.ts"
import { clearCookie, cookiesOf, sessionCookie, sessionTokenOf, setCookie, setSession } from "../cookies.ts"
import {
  type Exchange,
  HttpProblem,
  readBody,
  readJson,
  redirect,
  requireBearer,
  type RouteTable,
  sendJson
} from "../Exchange.ts"
import { sendLoginPage } from "./documents.ts"

const signIn = async (exchange: Exchange): Promise<void> => {
  const form = new URLSearchParams((await readBody(exchange, 100_000)).toString("utf8"))
  const email = form.get("email") ?? ""
  const user = exchange.world.accounts.find(email)
  if (user === undefined || user.password !== form.get("password")) {
    await sendLoginPage(exchange, 401, email, "Incorrect email address or password")
    return
  }
  const session = exchange.world.accounts.open(user)
  setSession(exchange.response, session.token)
  setCookie(exchange.response, "_account", "personal", 30 * 86_400, false)
  setCookie(exchange.response, "__cf_bm", exchange.world.ids.token("bm."), 1_800)
  exchange.world.chosen.add(user.email)
  exchange.world.events.add("sign-in", { email: user.email })
  redirect(exchange, "/")
}

const signOut = (exchange: Exchange): void => {
  if (exchange.session !== undefined) {
    exchange.world.accounts.close(exchange.session.token)
    exchange.world.events.add("sign-out", { email: exchange.session.user.email })
  }
  clearCookie(exchange.response, sessionCookie)
  for (const name of cookiesOf(exchange.request).keys()) {
    if (name.startsWith(`${sessionCookie}.`)) clearCookie(exchange.response, name)
  }
  redirect(exchange, "/")
}

const session = (exchange: Exchange): void => {
  const { accounts, behaviour } = exchange.world
  if (exchange.session === undefined) {
    if (exchange.remembered === undefined && sessionTokenOf(cookiesOf(exchange.request)) !== undefined) {
      clearCookie(exchange.response, sessionCookie)
    }
    sendJson(exchange, 200, {})
    return
  }
  const current = behaviour.rotation === "none"
    ? exchange.session
    : accounts.renew(exchange.session, behaviour.rotation === "strict")
  if (current !== exchange.session) setSession(exchange.response, current.token)
  const { email, id, name } = current.user
  sendJson(exchange, 200, {
    user: { id, name, email, idp: "password", mfa: false, intercom_hash: "" },
    expires: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    account: { id: `account-${id}`, planType: "pro", structure: "personal" },
    accessToken: current.accessToken,
    authProvider: "password"
  })
}

/** From now on the remembered session counts; another account has to sign in. */
const chooseAccount = async (exchange: Exchange): Promise<void> => {
  const { email } = await readJson<{ readonly email: string }>(exchange)
  const { remembered, world } = exchange
  if (remembered?.user.email !== email) throw new HttpProblem(401, "login_required", "Please log in again.")
  world.chosen.add(email)
  world.events.add("account-chosen", { email })
  sendJson(exchange, 200, {})
}

const me = (exchange: Exchange): void => {
  const bearer = exchange.request.headers.authorization?.replace(/^Bearer /, "")
  const current = exchange.session ?? (bearer === undefined ? undefined : exchange.world.accounts.byAccessToken(bearer))
  if (current === undefined || exchange.world.behaviour.anonymousMe) {
    sendJson(exchange, 200, {
      object: "user",
      id: "ua-7f3c9e2b5d",
      email: "",
      name: null,
      picture: null,
      created: 0,
      groups: [],
      orgs: { data: [] }
    })
    return
  }
  const { email, id, name } = current.user
  sendJson(exchange, 200, {
    object: "user",
    id,
    email,
    name,
    picture: null,
    created: 1_700_000_000,
    phone_number: null,
    groups: [],
    orgs: { data: [] }
  })
}

const saveModel = async (exchange: Exchange): Promise<void> => {
  const { user } = requireBearer(exchange)
  user.modelSelection = await readJson<ModelSelection>(exchange)
  exchange.world.events.add("model-default", { email: user.email, selection: user.modelSelection })
  sendJson(exchange, 200, { success: true })
}

export const sessionRoutes: RouteTable = [
  ["POST", /^\/auth\/login$/, signIn],
  ["POST", /^\/auth\/choose$/, chooseAccount],
  ["GET", /^\/auth\/logout$/, signOut],
  ["POST", /^\/auth\/logout$/, signOut],
  ["GET", /^\/api\/auth\/session$/, session],
  ["GET", /^\/backend-api\/me$/, me],
  ["PATCH", /^\/backend-api\/settings\/user_last_used_model_config$/, saveModel]
]
