"""What WeChat says of an account that authorised a component."""

from crawler.platforms.wechat.accounts import AccountInfo, Authorised, account_info_of, authorised_of

RIGHTS = [{"funcscope_category": {"id": 1}}, {"funcscope_category": {"id": "7"}}, {"funcscope_category": None}]


def test_an_authorisation_has_its_account_rights_and_tokens() -> None:
    answer = {
        "authorization_info": {
            "authorizer_appid": "wx0000000000000001",
            "authorizer_access_token": "token",
            "expires_in": 7200,
            "authorizer_refresh_token": "refresh",
            "func_info": RIGHTS,
        }
    }

    found = authorised_of(answer)

    assert found == Authorised(
        appid="wx0000000000000001", rights=(1, 7), expires_in=7200, token="token", refresh_token="refresh"
    )
    assert "refresh" not in repr(found).replace("refresh_token", "")


def test_an_answer_that_only_renews_a_token_is_read_too() -> None:
    answer = {"authorizer_access_token": "token", "expires_in": 7200, "authorizer_refresh_token": "refresh"}

    assert authorised_of(answer) == Authorised(
        appid="", rights=(), expires_in=7200, token="token", refresh_token="refresh"
    )


def test_an_account_is_known_by_original_id_and_subject() -> None:
    info = {
        "nick_name": "示例馆",
        "user_name": "gh_000000000001",
        "principal_name": "北京示例馆",
        "alias": "shiliguan",
        "verify_type_info": {"id": 0},
    }

    assert account_info_of({"authorizer_info": info}) == AccountInfo(
        name="示例馆", original_id="gh_000000000001", subject="北京示例馆", alias="shiliguan", is_verified=True
    )


def test_an_account_that_is_not_verified_says_so_and_one_that_says_nothing_is_not_known() -> None:
    unverified = account_info_of({"authorizer_info": {"verify_type_info": {"id": -1}}})

    assert (unverified.is_verified, account_info_of({}).is_verified) == (False, None)
