-- Drives the server as an independent client: a broken file, an edit that mends it, a hover, a completion. Prints what it saw.
local file = os.getenv('TWIN_FILE')
local seen = {}

local function say(key, value) io.stdout:write(key .. ' ' .. vim.fn.json_encode(value) .. '\n') end
local function give_up(why) say('gave-up', why); vim.cmd('1cquit') end
local function wait(test) return vim.wait(20000, test, 20) end

vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({
  name = 'pollux',
  cmd = { os.getenv('TWIN_NODE'), os.getenv('TWIN_SERVER'), '--stdio' },
  root_dir = vim.fn.fnamemodify(file, ':h'),
  get_language_id = function() return 'twin' end,
  handlers = { ['pollux/modelChanged'] = function(_, parameters) table.insert(seen, parameters.version) end },
})
if not id then give_up('the server did not start') end
vim.lsp.buf_attach_client(buffer, id)

local function findings() return vim.diagnostic.get(buffer) end
if not wait(function() return #findings() > 0 end) then give_up('no finding arrived') end
for _, finding in ipairs(findings()) do
  say('finding', { line = finding.lnum, column = finding.col, message = finding.message, code = finding.user_data.lsp.code })
end

local parameters = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = 2, character = 9 } }
local function ask(method)
  local answers = vim.lsp.buf_request_sync(buffer, method, parameters, 10000)
  return answers and answers[id] and answers[id].result
end
local hover = ask('textDocument/hover')
say('hover', hover and hover.contents.value or '')

local line = vim.api.nvim_buf_get_lines(buffer, 4, 5, false)[1]
vim.api.nvim_buf_set_lines(buffer, 4, 5, false, { (line:gsub('Piad', 'Paid')) })
if not wait(function() return #findings() == 0 end) then give_up('the finding did not go away') end
say('mended', #findings())

parameters.position = { line = 4, character = #'    on Pay -> ' }
local list = ask('textDocument/completion')
local labels = {}
for _, item in ipairs(list and list.items or {}) do table.insert(labels, item.label) end
say('completion', labels)
if not wait(function() return #seen >= 2 end) then give_up('no pollux/modelChanged arrived') end
say('changed', #seen >= 2)

vim.lsp.stop_client(id)
wait(function() return vim.lsp.get_client_by_id(id) == nil or vim.lsp.get_client_by_id(id).is_stopped() end)
vim.cmd('qall!')
