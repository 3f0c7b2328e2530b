package api

// Calls as the steps make them, for tests.

func post(path string, body Body) Call { return Call{Method: "POST", Path: path, Body: body} }

type TokenRequest struct {
	AccountKey    string
	AccountSecret Secret
}

func CreateToken(r TokenRequest) Call {
	call := post("../v1.1/oauth/token", Body{
		{Path: "AccountKey", Value: r.AccountKey}, {Path: "AccountSecret", Value: r.AccountSecret, Env: "TELEGENT_ACCOUNT_SECRET"},
	})
	call.NoToken = true
	return call
}

type AccountRequest struct{ AccountName, AccountType, BillingEmail, AdminEmail string }

func CreateAccount(r AccountRequest) Call {
	return post("/accounts/create", Body{
		{Path: "AccountName", Value: r.AccountName}, {Path: "AccountType", Value: r.AccountType},
		{Path: "BillingEmail", Value: r.BillingEmail}, {Path: "AdminEmail", Value: r.AdminEmail},
	})
}

type Account struct {
	AccountID Text `json:"AccountId"`
}

type MessageRouteRequest struct{ RouteName, RouteURL string }

func CreateMessageRoute(r MessageRouteRequest) Call {
	return post("/message/routes", Body{{Path: "RouteName", Value: r.RouteName}, {Path: "RouteUrl", Value: r.RouteURL}})
}

type OrderRequest struct{ ICCID string }

func OrderNumber(r OrderRequest) Call {
	return post("/numbers/provision", Body{{Path: "NumberType", Value: "mvno"}, {Path: "ICCID", Value: r.ICCID}})
}

type SubscriberRequest struct {
	Name, Email  string
	Password     Secret
	AccountID    string
	PhoneNumbers []string
	Role         string
}

func CreateSubscriber(r SubscriberRequest) Call {
	return post("/subscribers/create", Body{
		{Path: "Name", Value: r.Name}, {Path: "Email", Value: r.Email},
		{Path: "Password", Value: r.Password, Env: "TELEGENT_SUBSCRIBER_PASSWORD"},
		{Path: "AccountId", Value: r.AccountID}, {Path: "PhoneNumbers", Value: r.PhoneNumbers}, {Path: "Role", Value: r.Role},
	})
}

type Availability struct {
	ResultsTotal         Text
	AvailableNumberAreas []struct{ NGP, AreaCode, Zipcode Text }
	NumbersAvailable     []struct{ Number Text }
}
