package txmgr_test

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

// remote is a remote signer in the test's hands.
type remote struct {
	*testing.T
	key    *txmgr.KeySigner
	alter  func(*types.DynamicFeeTx) // before it signs
	object bool                      // answers like clef: an object, and only account_signTransaction

	mu     sync.Mutex
	answer http.HandlerFunc // in place of all
	user   string           // of the last request's basic authentication
}

// answers has all requests from now on answered that way; nil: as they should be.
func (r *remote) answers(by http.HandlerFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = by
}

// handlerOf notes who asks, and gives what answers in place of all.
func (r *remote) handlerOf(request *http.Request) http.HandlerFunc {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.user, _, _ = request.BasicAuth()
	return r.answer
}

func (r *remote) lastUser() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.user
}

type asked struct {
	From    common.Address `json:"from"`
	To      common.Address `json:"to"`
	Gas     hexutil.Uint64 `json:"gas"`
	MaxFee  *hexutil.Big   `json:"maxFeePerGas"`
	Tip     *hexutil.Big   `json:"maxPriorityFeePerGas"`
	Value   *hexutil.Big   `json:"value"`
	Nonce   hexutil.Uint64 `json:"nonce"`
	Data    hexutil.Bytes  `json:"data"`
	ChainID *hexutil.Big   `json:"chainId"`
}

func (r *remote) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if answer := r.handlerOf(request); answer != nil {
		answer(w, request)
		return
	}
	var q struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
		Params []asked         `json:"params"`
	}
	decoder := json.NewDecoder(request.Body)
	decoder.DisallowUnknownFields()
	var envelope map[string]json.RawMessage
	require.NoError(r, decoder.Decode(&envelope))
	require.NoError(r, json.Unmarshal(envelope["id"], &q.ID))
	require.NoError(r, json.Unmarshal(envelope["method"], &q.Method))
	require.NoError(r, json.Unmarshal(envelope["params"], &q.Params))
	out := map[string]any{"jsonrpc": "2.0", "id": q.ID}
	if method := map[bool]string{false: "eth_signTransaction", true: "account_signTransaction"}[r.object]; q.Method != method {
		out["error"] = map[string]any{"code": -32601, "message": "the method " + q.Method + " does not exist/is not available"}
		require.NoError(r, json.NewEncoder(w).Encode(out))
		return
	}
	a := q.Params[0]
	require.Equal(r, r.key.Address(), a.From)
	tx := &types.DynamicFeeTx{
		ChainID: a.ChainID.ToInt(), Nonce: uint64(a.Nonce), To: &a.To, Value: a.Value.ToInt(), Gas: uint64(a.Gas), GasFeeCap: a.MaxFee.ToInt(),
		GasTipCap: a.Tip.ToInt(), Data: a.Data,
	}
	if r.alter != nil {
		r.alter(tx)
	}
	signed, err := r.key.Sign(request.Context(), tx)
	require.NoError(r, err)
	raw, err := signed.MarshalBinary()
	require.NoError(r, err)
	out["result"] = hexutil.Bytes(raw)
	if r.object {
		out["result"] = map[string]any{"raw": hexutil.Bytes(raw), "tx": signed}
	}
	require.NoError(r, json.NewEncoder(w).Encode(out))
}

// remoteSigner starts a remote signer of the world's account.
func (w *world) remoteSigner() (*remote, *txmgr.RemoteSigner) {
	r := &remote{T: w.T, key: w.key}
	server := httptest.NewServer(r)
	w.Cleanup(server.Close)
	s, err := txmgr.NewRemoteSigner(txmgr.RemoteOptions{
		URL: strings.Replace(server.URL, "http://", "http://operator:hunter2@", 1) + "/vault-token", Address: w.key.Address(), HTTP: w.http, Timeout: 5 * time.Second,
	})
	require.NoError(w, err)
	return r, s
}

func TestRemoteSignersOfBothKindsSign(t *testing.T) {
	for name, object := range map[string]bool{"web3signer": false, "clef": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r, signs := w.remoteSigner()
			r.object = object
			c := w.config()
			c.Signer = signs
			s := w.sender(c)
			refSlot := w.frame()
			require.NoError(t, s.Submit(w.job(refSlot)))
			s.Step(t.Context())
			require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
			require.Equal(t, "operator", r.lastUser())
			w.slots(1)
			require.Equal(t, refSlot, w.reported())
		})
	}
}

func TestWhatARemoteSignerTamperedWithIsNotSent(t *testing.T) {
	w := newWorld(t)
	r, signs := w.remoteSigner()
	p := w.proxy()
	c := w.config()
	c.Signer, c.Nodes = signs, append(c.Nodes, p.node())
	s := w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	elsewhere := common.Address{0xe}
	for what, alter := range map[string]func(*types.DynamicFeeTx){
		"chain":    func(tx *types.DynamicFeeTx) { tx.ChainID = big.NewInt(1) },
		"nonce":    func(tx *types.DynamicFeeTx) { tx.Nonce++ },
		"receiver": func(tx *types.DynamicFeeTx) { tx.To = &elsewhere },
		"creation": func(tx *types.DynamicFeeTx) { tx.To = nil },
		"value":    func(tx *types.DynamicFeeTx) { tx.Value = big.NewInt(1) },
		"gas":      func(tx *types.DynamicFeeTx) { tx.Gas++ },
		"max fee":  func(tx *types.DynamicFeeTx) { tx.GasFeeCap = new(big.Int).Add(tx.GasFeeCap, big.NewInt(1)) },
		"tip":      func(tx *types.DynamicFeeTx) { tx.GasTipCap = big.NewInt(0) },
		"data": func(tx *types.DynamicFeeTx) {
			tx.Data = append(tx.Data[:len(tx.Data)-1:len(tx.Data)-1], tx.Data[len(tx.Data)-1]^1)
		},
		"access list": func(tx *types.DynamicFeeTx) { tx.AccessList = types.AccessList{{Address: elsewhere}} },
	} {
		r.alter = alter
		s.Step(t.Context())
		require.Equal(t, txmgr.CodeSigner, s.State().Code, what)
		require.Contains(t, s.State().Why, txmgr.ErrSigner.Error(), what)
	}
	r.alter = nil
	r.key = signer(t, "other")
	r.answers(func(response http.ResponseWriter, request *http.Request) {
		// The right fields, signed by another account.
		body, err := io.ReadAll(request.Body)
		require.NoError(t, err)
		altered := strings.Replace(string(body), strings.ToLower(w.key.Address().Hex()), strings.ToLower(r.key.Address().Hex()), 1)
		request.Body = io.NopCloser(strings.NewReader(altered))
		r.answers(nil)
		r.ServeHTTP(response, request)
	})
	s.Step(t.Context())
	require.Contains(t, s.State().Why, "it is signed by "+r.key.Address().Hex())
	require.Zero(t, p.called("eth_sendRawTransaction"))
	_, err := os.Stat(c.Store)
	require.ErrorIs(t, err, os.ErrNotExist, "nothing was written down")
	r.key = w.key
	s.Step(t.Context())
	require.Equal(t, txmgr.CodeSent, s.State().Code, s.State().Why)
}

func TestRemoteSignerThatFailsIsBoundedAndItsSecretsAreNotShown(t *testing.T) {
	w := newWorld(t)
	r, signs := w.remoteSigner()
	c := w.config()
	c.Signer = signs
	s := w.sender(c)
	require.NoError(t, s.Submit(w.job(w.frame())))
	for what, answer := range map[string]http.HandlerFunc{
		"endless body": func(response http.ResponseWriter, _ *http.Request) {
			for range 1 << 20 {
				if _, err := response.Write(make([]byte, 1024)); err != nil {
					return
				}
			}
		},
		"not JSON": func(response http.ResponseWriter, _ *http.Request) { _, _ = response.Write([]byte("hello")) },
		"no transaction": func(response http.ResponseWriter, _ *http.Request) {
			_, _ = response.Write([]byte(`{"id":1,"result":"0x02"}`))
		},
		"number": func(response http.ResponseWriter, _ *http.Request) {
			_, _ = response.Write([]byte(`{"id":1,"result":7}`))
		},
		"null": func(response http.ResponseWriter, _ *http.Request) {
			_, _ = response.Write([]byte(`{"id":1,"result":null}`))
		},
		"refusal": func(response http.ResponseWriter, _ *http.Request) {
			_, _ = response.Write([]byte(`{"id":1,"error":{"code":-32000,"message":"Request denied"}}`))
		},
		"cut off": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		r.answers(answer)
		s.Step(t.Context())
		require.Equal(t, txmgr.CodeSigner, s.State().Code, what)
		for _, secret := range []string{"hunter2", "operator", "vault-token"} {
			require.NotContains(t, s.State().Why, secret, what)
		}
	}
	for _, url := range []string{"", "ftp://operator:hunter2@host", "http://operator:hunter2@ho st/", "127.0.0.1:9000"} {
		_, err := txmgr.NewRemoteSigner(txmgr.RemoteOptions{URL: url, Address: common.Address{1}, HTTP: w.http})
		require.ErrorIs(t, err, txmgr.ErrConfig)
		require.NotContains(t, err.Error(), "hunter2")
	}
	_, err := txmgr.NewRemoteSigner(txmgr.RemoteOptions{URL: "http://host:1", HTTP: w.http})
	require.ErrorIs(t, err, txmgr.ErrConfig, "without an address anybody's signature would do")
	require.NotContains(t, signs.String(), "hunter2")
}

// writeKey writes a keystore of light costs and its password.
func writeKey(t *testing.T, mode os.FileMode) (path, passwordPath string, address common.Address) {
	t.Helper()
	folder := t.TempDir()
	path, passwordPath = filepath.Join(folder, "submitter.json"), filepath.Join(folder, "submitter.password")
	file, address, err := txmgr.NewKeystore(rand.Reader, []byte("pass word"), true)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, file, mode))
	require.NoError(t, os.Chmod(path, mode))
	require.NoError(t, os.WriteFile(passwordPath, []byte("pass word\n"), 0o600))
	return path, passwordPath, address
}

func TestKeystoreIsGoEthereumsAndOpens(t *testing.T) {
	path, passwordPath, address := writeKey(t, 0o600)
	signs, err := txmgr.OpenKeystore(path, passwordPath)
	require.NoError(t, err)
	require.Equal(t, address, signs.Address())
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	theirs, err := keystore.DecryptKey(file, "pass word")
	require.NoError(t, err)
	require.Equal(t, address, theirs.Address)
	named, err := txmgr.KeystoreAddress(file)
	require.NoError(t, err)
	require.Equal(t, address, named)
}

func TestExposedKeyFilesAreRefused(t *testing.T) {
	path, passwordPath, _ := writeKey(t, 0o640)
	_, err := txmgr.OpenKeystore(path, passwordPath)
	require.ErrorIs(t, err, keyfile.ErrExposed)
	require.NoError(t, os.Chmod(path, 0o600))
	require.NoError(t, os.Chmod(passwordPath, 0o604))
	_, err = txmgr.OpenKeystore(path, passwordPath)
	require.ErrorIs(t, err, keyfile.ErrExposed)
}

func TestWrongPasswordAndForeignFilesAreRefused(t *testing.T) {
	path, passwordPath, _ := writeKey(t, 0o600)
	require.NoError(t, os.WriteFile(passwordPath, []byte("another"), 0o600))
	_, err := txmgr.OpenKeystore(path, passwordPath)
	require.ErrorIs(t, err, txmgr.ErrPassword)
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	for what, change := range map[string][2]string{
		"version":    {`"version":3`, `"version":4`},
		"costs":      {`"n":4096`, `"n":1073741824`},
		"odd cost":   {`"n":4096`, `"n":4095`},
		"type":       {`"n":4096`, `"n":"4096"`},
		"case":       {`"n":4096`, `"N":4096`},
		"twice":      {`"n":4096`, `"n":4096,"n":8192`},
		"derivation": {`"kdf":"scrypt"`, `"kdf":"argon2"`},
		"cipher":     {"aes-128-ctr", "aes-256-cbc"},
		"address":    {`{"address":"`, `{"address":"zz`},
	} {
		altered := strings.Replace(string(file), change[0], change[1], 1)
		require.NotEqual(t, string(file), altered, what)
		_, err := txmgr.DecryptKeystore([]byte(altered), []byte("pass word"))
		require.ErrorIs(t, err, txmgr.ErrKeystore, what)
	}
	var form map[string]any
	require.NoError(t, json.Unmarshal(file, &form))
	form["address"] = strings.Repeat("11", 20)
	foreign, err := json.Marshal(form)
	require.NoError(t, err)
	_, err = txmgr.DecryptKeystore(foreign, []byte("pass word"))
	require.ErrorIs(t, err, txmgr.ErrKeystore)
	require.ErrorContains(t, err, "holds the key of")
}

func FuzzKeystoreAddress(f *testing.F) {
	f.Add([]byte(`{"address":"1111111111111111111111111111111111111111","crypto":{"cipher":"aes-128-ctr"},"id":"x","version":3}`))
	file, _, err := txmgr.NewKeystore(rand.Reader, []byte("p"), true)
	require.NoError(f, err)
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := txmgr.KeystoreAddress(b); err != nil {
			require.ErrorIs(t, err, txmgr.ErrKeystore)
			return
		}
		if strings.Contains(string(b), `"n":4096`) || strings.Contains(string(b), `"n":2,`) {
			_, _ = txmgr.DecryptKeystore(b, []byte("p")) // it must not panic
		}
	})
}
