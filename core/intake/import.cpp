// SPDX-License-Identifier: Apache-2.0
#include "core/intake/import.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "core/intake/cell.hpp"
#include "core/ledger/recorder.hpp"

namespace siyu {

namespace {

// Rows wait in memory by day until there are so many bytes of them.
constexpr std::size_t bytes_waiting_at_most = std::size_t{24} << 20;
constexpr std::size_t rejects_shown = 5;
constexpr std::int64_t rows_between_reports = 20'000;

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// The rows of one file on their way into the store: numbered, sorted into days, written in parts.
class Intake {
  public:
    Intake(const Zone& zone, const RowRules& rules, std::int64_t batch, Words& words, Blocks& blocks,
           Recorder& recorder)
        : zone_(zone), rules_(rules), batch_(batch), words_(words), blocks_(blocks), recorder_(recorder) {}

    // Takes a row; or says which column is wrong and why, and takes nothing.
    std::optional<std::pair<int, Note>> take(const FactSource::Row& row);
    // Writes what waits, and brings the ledger up to date. Gives what came of each fact.
    std::map<Fact, BatchFact> finish();

  private:
    std::optional<Note> look(const FactKind& kind, std::size_t column, std::string_view value, const Cell& cell);
    void name_answer(const FactSource::Row& row, std::span<std::int64_t> cells);
    void place(const FactKind& kind, std::span<const std::int64_t> cells, bool fresh_key);
    Rows& waiting(Fact fact, Day day);
    void write_waiting();

    const Zone& zone_;
    const RowRules& rules_;
    std::int64_t batch_;
    Words& words_;
    Blocks& blocks_;
    Recorder& recorder_;
    std::map<std::pair<Fact, Day>, Rows> waiting_;
    std::size_t bytes_waiting_ = 0;
    int part_ = 0;
    std::map<Fact, BatchFact> facts_;
    std::vector<std::int64_t> cells_;
    std::vector<Cell> parsed_;
    std::vector<std::string> scratch_;
};

std::optional<Note> Intake::look(const FactKind& kind, std::size_t column, std::string_view value, const Cell& cell) {
    const Column& known = kind.columns[column];
    if (kind.fact == Fact::surveys && known.name == "score" && !cell.text.empty()) {
        const auto score = Fraction::parse_exact(cell.text);
        if (score && (*score < rules_.lowest_score || *score > rules_.highest_score))
            return Note{"import.score_off_scale",
                        {{"lowest", rules_.lowest_score.rounded(0)}, {"highest", rules_.highest_score.rounded(0)}}};
    }
    if (kind.fact == Fact::forecast && known.name == "kpi" && !rules_.kpis.empty() &&
        std::find(rules_.kpis.begin(), rules_.kpis.end(), cell.text) == rules_.kpis.end()) {
        std::string all;
        for (const std::string& id : rules_.kpis) all += (all.empty() ? "" : ", ") + id;
        return Note{"import.unknown_kpi", {{"kpi", std::string(value)}, {"kpis", all}}};
    }
    return std::nullopt;
}

// An answer without an id is known by its time and customer; without a customer by its place in the file (facts.md).
void Intake::name_answer(const FactSource::Row& row, std::span<std::int64_t> cells) {
    const FactKind& kind = kind_of(Fact::surveys);
    if (!parsed_[kind.place("response_id")].text.empty()) return;
    const std::string_view customer = parsed_[kind.place("customer_id")].text;
    const std::string name = "\x01" + std::to_string(cells[kind.place("at")]) + "\x01" +
                             (customer.empty() ? "\x01" + std::to_string(row.line) : std::string(customer));
    cells[kind.place("response_id")] = words_.intern(Space::answer, name);
}

Rows& Intake::waiting(Fact fact, Day day) {
    const auto key = std::pair{fact, day};
    const auto found = waiting_.find(key);
    return found != waiting_.end() ? found->second : waiting_.emplace(key, Rows(kind_of(fact))).first->second;
}

void Intake::place(const FactKind& kind, std::span<const std::int64_t> cells, bool fresh_key) {
    Day day = undated;
    if (kind.when >= 0) {
        const std::int64_t when = cells[static_cast<std::size_t>(kind.when)];
        day = kind.columns[static_cast<std::size_t>(kind.when)].type == Type::instant
                  ? zone_.day_of({when})
                  : Day{static_cast<std::int32_t>(when)};
        BatchFact& fact = facts_.at(kind.fact);
        fact.covers.first = std::min(fact.covers.first, day);
        fact.covers.last = std::max(fact.covers.last, day);
    }
    const auto add = [&](Day on, bool gone) {
        auto row = waiting(kind.fact, on).add();
        std::copy(cells.begin(), cells.end(), row.begin());
        row.back() = gone ? 1 : 0;
        bytes_waiting_ += row.size_bytes();
    };
    if (kind.moves()) {
        const std::int64_t key = cells[static_cast<std::size_t>(kind.key[0])];
        const int index = static_cast<int>(kind.fact);
        const auto days = fresh_key ? std::vector<Day>{} : blocks_.days_of_key(index, key);
        for (const Day other : days)
            if (other != day) add(other, true);
        if (std::find(days.begin(), days.end(), day) == days.end()) blocks_.note_key(index, key, day);
    }
    add(day, false);
    if (bytes_waiting_ > bytes_waiting_at_most) write_waiting();
}

std::optional<std::pair<int, Note>> Intake::take(const FactSource::Row& row) {
    const FactKind& kind = kind_of(row.fact);
    const std::size_t columns = kind.columns.size();
    if (scratch_.size() < columns) scratch_.resize(columns);
    parsed_.assign(columns, {});
    // First everything is looked at, so that a bad row leaves no trace, not even a number.
    for (std::size_t i = 0; i < columns; ++i) {
        auto fault = parse_cell(kind.columns[i], row.cells[i], zone_, scratch_[i], parsed_[i]);
        if (!fault) fault = look(kind, i, row.cells[i], parsed_[i]);
        if (fault) return std::pair{static_cast<int>(i), std::move(*fault)};
    }
    cells_.resize(columns);
    bool fresh_key = false;
    for (std::size_t i = 0; i < columns; ++i) {
        const Column& column = kind.columns[i];
        const std::string_view text = parsed_[i].text;
        if (column.space == Space::unused) {
            cells_[i] = parsed_[i].number;
        } else if (text.empty() && (column.space == Space::customer || column.type == Type::number)) {
            cells_[i] = absent;
        } else if (column.space == Space::answer) {
            if (!text.empty()) cells_[i] = words_.intern(Space::answer, text, &fresh_key);
        } else if (kind.moves() && static_cast<int>(i) == kind.key[0]) {
            cells_[i] = words_.intern(column.space, text, &fresh_key);
        } else {
            cells_[i] = words_.intern(column.space, text);
        }
    }
    if (row.fact == Fact::surveys) name_answer(row, cells_);
    if (row.fact == Fact::guide_actions) {
        const std::size_t count = kind.place("count");
        if (cells_[count] == absent) cells_[count] = 1;
    }
    auto [fact, first] = facts_.try_emplace(row.fact);
    if (first) fact->second = {row.fact, 0, 0, 0, {latest_day, earliest_day}};
    ++fact->second.taken;
    place(kind, cells_, fresh_key);
    return std::nullopt;
}

void Intake::write_waiting() {
    for (auto& [key, rows] : waiting_) {
        rows.settle(kind_of(key.first));
        blocks_.put(key.first, key.second, batch_, part_, rows);
    }
    ++part_;
    waiting_.clear();
    bytes_waiting_ = 0;
}

std::map<Fact, BatchFact> Intake::finish() {
    write_waiting();
    std::map<Fact, std::int64_t> removed;
    for (const auto& [fact, day] : blocks_.touched(batch_)) {
        const Difference difference =
            recorder_.day_changed(fact, day, blocks_.visible(fact, day, batch_), blocks_.visible(fact, day));
        facts_.at(fact).added += difference.added;
        facts_.at(fact).replaced += difference.replaced;
        removed[fact] += difference.removed;
    }
    // A row that moved to another day left one and came to the other: it was replaced.
    for (const auto& [fact, count] : removed) {
        facts_.at(fact).added -= count;
        facts_.at(fact).replaced += count;
    }
    recorder_.finish();
    words_.flush();
    blocks_.flush();
    return facts_;
}

}  // namespace

bool ImportResult::changed() const {
    return std::any_of(batch.facts.begin(), batch.facts.end(),
                       [](const BatchFact& fact) { return fact.added + fact.replaced > 0; });
}

// What the files of one tenant share: numbers once found, statements once prepared.
struct Import::Desk {
    Words words;
    Blocks blocks;
    Recorder recorder;

    Desk(Database& database, std::int64_t tenant, const Zone& zone)
        : words(database, tenant), blocks(database, tenant), recorder(database, tenant, zone, words, blocks) {}
};

Import::Import(Database& database, std::int64_t tenant, const Zone& zone)
    : database_(database), tenant_(tenant), zone_(zone), transaction_(database, tenant), batches_(database, tenant) {}

Import::~Import() = default;

ImportResult Import::take(FactSource& source, const ImportOrder& order) {
    if (!desk_) desk_ = std::make_unique<Desk>(database_, tenant_, zone_);
    database_.execute("SAVEPOINT before_file");
    try {
        return take_whole(source, order);
    } catch (const Error& error) {
        if (error.code() != Error::unreachable) {
            desk_->blocks.flush();  // what is not in the store yet could not be taken back there
            database_.execute("ROLLBACK TO SAVEPOINT before_file");
        }
        desk_.reset();  // it knows numbers that are not given out any more
        throw;
    }
}

ImportResult Import::take_whole(FactSource& source, const ImportOrder& order) {
    ImportResult result;
    Batch& batch = result.batch;
    if (auto before = order.token == 0 ? std::nullopt : batches_.find(order.token)) {
        batch = *std::move(before);
        result.first_rejects = batches_.rejects(batch.number);
        result.first_rejects.resize(std::min(result.first_rejects.size(), rejects_shown));
        result.unknown_columns = source.unknown_columns();
        return result;
    }
    batch.number = batches_.next_number();
    batch.token = order.token;
    batch.file = order.file;
    batch.profile = source.profile() ? source.profile()->name : std::string{};
    batch.made_at = now_seconds();
    batch.header = source.header_record();

    Intake intake(zone_, order.rules, batch.number, desk_->words, desk_->blocks, desk_->recorder);
    std::int64_t good = 0;
    const auto reject = [&](const RejectedRow& row) {
        if (result.first_rejects.size() < rejects_shown) result.first_rejects.push_back(row);
        batches_.add_reject(batch.number, batch.rejected++, row);
    };
    for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
        if (found == FactSource::Found::bad) {
            const BadRow& bad = source.bad();
            reject({bad.line, source.row().fact, bad.column, bad.value, bad.reason, source.record()});
        } else if (auto fault = intake.take(source.row())) {
            const FactSource::Row& row = source.row();
            reject({row.line, row.fact, source.column_title(fault->first),
                    std::string(row.cells[static_cast<std::size_t>(fault->first)].substr(0, 200)),
                    std::move(fault->second), source.record()});
        } else {
            ++good;
        }
        if (order.progress && (good + batch.rejected) % rows_between_reports == 0)
            order.progress(source.bytes_read(), source.bytes_total(), good);
    }
    if (batch.rejected > order.limits.rows &&
        Fraction(batch.rejected) > order.limits.share * Fraction(batch.rejected + good)) {
        const RejectedRow& first = result.first_rejects.front();
        Note refusal{"import.too_many_bad",
                     {{"file", order.file},
                      {"bad", std::to_string(batch.rejected)},
                      {"total", std::to_string(batch.rejected + good)},
                      {"line", std::to_string(first.line)},
                      {"column", first.column},
                      {"value", first.value},
                      {"reason", sentence(first.reason.id)}}};
        refusal.with.insert(refusal.with.end(), first.reason.with.begin(), first.reason.with.end());
        throw Error(Error::refused, std::move(refusal));
    }
    auto facts = intake.finish();
    for (const Fact fact : source.facts()) {
        auto [known, none_came] = facts.try_emplace(fact);
        if (none_came) known->second = {fact, 0, 0, 0, {latest_day, earliest_day}};
        if (kind_of(fact).when >= 0 && order.covers) known->second.covers = *order.covers;
        batch.facts.push_back(known->second);
    }
    batches_.add(batch);
    result.unknown_columns = source.unknown_columns();
    result.skipped = source.skipped();
    result.summary_rows = source.summary_rows();
    result.records = source.records();
    return result;
}

ImportResult import_file(Database& database, const Zone& zone, FactSource& source, const ImportOrder& order) {
    Import import(database, order.tenant, zone);
    ImportResult result = import.take(source, order);
    import.commit();
    return result;
}

Batch undo_batch(Database& database, std::int64_t tenant, const Zone& zone, std::int64_t number) {
    Transaction transaction(database, tenant);
    Batches batches(database, tenant);
    const auto all = batches.list();
    const auto found =
        std::find_if(all.begin(), all.end(), [number](const Batch& batch) { return batch.number == number; });
    if (found == all.end()) throw Error(Error::wrong_use, "import.no_batch", {{"batch", std::to_string(number)}});
    if (found->undone) throw Error(Error::wrong_use, "import.undone_already", {{"batch", std::to_string(number)}});
    Words words(database, tenant);
    Blocks blocks(database, tenant);
    Recorder recorder(database, tenant, zone, words, blocks);
    for (const auto& [fact, day] : blocks.touched(number))
        recorder.day_changed(fact, day, blocks.visible(fact, day), blocks.visible(fact, day, number));
    blocks.remove(number);
    recorder.finish();
    words.flush();
    batches.mark_undone(number);
    transaction.commit();
    return *found;
}

}  // namespace siyu
