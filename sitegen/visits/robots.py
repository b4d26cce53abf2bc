"""Programs that are no readers, by what they call themselves.

GoAccess knows many robots. Those below it does not know: programs of programmers, robots that
collect texts for language models, monitors, scanners, and programs that make previews of links. A
browser inside of an app (Facebook, Zalo) is a reader's.
"""

import re

# Cubot makes telephones.
_ROBOT = re.compile(
    rb"(?<!cu)bot|crawl|spider|slurp|scrap|headless|phantom|puppeteer|playwright|selenium|webdriver"
    # Programs of programmers, and what they are made with.
    rb"|curl|wget|python|aiohttp|httpx|urllib|go-http|java/|okhttp|libwww|lwp[:-]|perl|ruby|\bphp"
    rb"|node-fetch|axios|undici|guzzle|postman|insomnia|httpie|apachebench|\bwrk|\bhey/|jmeter"
    # Collectors, archives, readers of feeds.
    rb"|claude|anthropic|\bgpt|chatgpt|openai|perplexity|cohere|google-|googleother|meta-external"
    rb"|archive|httrack|feedfetcher|feedly|feedparser|\brss|mediapartners|dataprovider"
    # Monitors, measures, validators.
    rb"|monitor|uptime|pingdom|statuscake|site24x7|nagios|zabbix|check_http|prometheus|blackbox"
    rb"|datadog|newrelic|lighthouse|pagespeed|gtmetrix|validator|w3c_|kube-probe|healthcheck"
    # Scanners.
    rb"|nmap|masscan|zgrab|nikto|sqlmap|nuclei|censys|expanse|netcraft|\bscan|fuzz|zaproxy|burp"
    # Previews of links.
    rb"|externalhit|facebookcatalog|^whatsapp|preview|embedly|vkshare|zalo-?(?:link|share|og)\b",
    re.IGNORECASE,
)


def is_robot(agent: bytes) -> bool:
    """Tell whether what a program calls itself is no browser's name: each browser has one."""
    return not agent.strip(b"- ") or bool(_ROBOT.search(agent))
